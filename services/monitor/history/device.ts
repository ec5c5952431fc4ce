/** A VM's disk or NIC: what its two counters did per second since they were last read. */
export class Device {
  readonly kind: "nic" | "disk";
  /** What stays the same over restarts of the guest: a NIC's MAC, a disk's target. */
  readonly id: string;
  /** The first of its two columns. */
  readonly column: number;
  /** Its name on the host now; null while it is not there. */
  name: string | null = null;
  /** Of what it took in (received, read) and gave out (sent, written); NaN when not known. */
  inward = NaN;
  outward = NaN;
  /** When it was last there, in ms of the steady clock. */
  seenAt = -Infinity;
  #readAt = NaN;
  #in = NaN;
  #out = NaN;

  constructor(kind: Device["kind"], id: string, column: number) {
    this.kind = kind;
    this.id = id;
    this.column = column;
  }

  /** Takes its counters, NaN for one that did not come, as of `at` in ms of the steady clock. */
  count(inward: number, outward: number, at: number): void {
    this.seenAt = at;
    const seconds = (at - this.#readAt) / 1000;
    this.inward = rate(inward - this.#in, seconds);
    this.outward = rate(outward - this.#out, seconds);
    this.#readAt = at;
    this.#in = inward;
    this.#out = outward;
  }

  /** It is not there, or counts anew from here on. */
  reset(): void {
    this.name = null;
    this.inward =
      this.outward =
      this.#readAt =
      this.#in =
      this.#out =
        NaN;
  }
}

/** A counter that began anew has no rate, and none that was read twice in the same moment. */
function rate(difference: number, seconds: number): number {
  return seconds > 0 && difference >= 0 ? Math.round(difference / seconds) : NaN;
}
