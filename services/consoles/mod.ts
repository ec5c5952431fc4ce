import type { GlassError } from "../errors.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { isActive, type VMRecord, type VMs } from "../vms/mod.ts";
import { ConsoleBroker } from "./broker.ts";
import type { Position } from "./cursor.ts";
import { inTime } from "../in_time.ts";
import type { Typist } from "./input.ts";
import type { ConsoleTap } from "./tap.ts";
import type { Size, Viewer } from "./viewer.ts";

export type { Chunk } from "./chunk.ts";
export type { Position } from "./cursor.ts";
export type { Typist } from "./input.ts";
export type { ConsoleTap } from "./tap.ts";
export type { Attachment, Presence, Viewer } from "./viewer.ts";

/** Milliseconds that the end waits for consoles: a little more than one whose stream hangs takes. */
const END_PATIENCE = 1_500;

export interface ConsolesOptions {
  /** Seconds a console stays attached after its last viewer, so that a reload loses nothing. */
  linger: number;
  /** Bytes of scrollback kept for each VM's console. */
  scrollback: number;
  /** Whether consoles of running VMs are kept attached though nobody looks. */
  capture: boolean;
  /** Milliseconds that so much input of this user has to wait for its turn. */
  throttle: (user: string, bytes: number) => Promise<number> | number;
  /** Told who came to a console, left it, or took it from something else. */
  note: (action: "attach" | "detach" | "takeover", user: string, record: VMRecord) => void;
}

/** A viewer's hold on a console, until it is disposed. */
export interface Hold extends Disposable {
  /** @throws GlassError when the input is refused; then none of it was taken */
  write(bytes: Uint8Array): void;
  /** @param failed told why when it could not be taken over */
  takeOver(failed: (refusal: GlassError) => void): void;
  /** To be called when what the viewer may do has changed. */
  changed(): void;
  resized(size: Size): void;
}

/** All consoles that somebody looks at, or did a moment ago. */
export class Consoles implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #options: ConsolesOptions;
  readonly #brokers = new Map<string, ConsoleBroker>();
  /** By VM, the end of a broker that has been given up. */
  readonly #closing = new Map<string, Promise<void>>();
  readonly #lingering = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(hypervisor: Hypervisor, vms: VMs, options: ConsolesOptions) {
    this.#hypervisor = hypervisor;
    this.#options = options;
    vms.onChange(({ kind, record }) => {
      if (kind === "removed") return void this.#close(record.uuid);
      const wanted = options.capture && isActive(record.state.status) && record.definition.console;
      if (wanted) this.#broker(record);
      if (wanted || kind === "state") this.#brokers.get(record.uuid)?.stateChanged();
    });
    hypervisor.onConnectivity(({ connected }) => {
      if (!connected) return;
      for (const broker of this.#brokers.values()) broker.verify();
    });
  }

  /** Shows the console to `viewer`: from `from` on where that is remembered, else all that is. */
  attach(record: VMRecord, viewer: Viewer & Typist, from: Position | null): Hold {
    const broker = this.#hold(record);
    const { note } = this.#options;
    broker.add(viewer, from);
    note("attach", viewer.user, record);
    return {
      write: (bytes) => broker.write(viewer, bytes),
      takeOver: (failed) =>
        broker.takeOver(viewer, (refusal) => {
          if (refusal === null) note("takeover", viewer.user, record);
          else failed(refusal);
        }),
      changed: () => broker.announce(),
      resized: (size) => broker.resized(viewer, size),
      [Symbol.dispose]: () => {
        broker.remove(viewer);
        note("detach", viewer.user, record);
        this.#release(record.uuid, broker);
      },
    };
  }

  /** Lets `tap` hear the console, which stays attached as long as it does. */
  tap(record: VMRecord, tap: ConsoleTap): Disposable {
    const broker = this.#hold(record);
    const tapped = broker.tap(tap);
    return {
      [Symbol.dispose]: () => {
        tapped[Symbol.dispose]();
        this.#release(record.uuid, broker);
      },
    };
  }

  /** The size of the terminal that answers the guest; null when nobody has told it. */
  size(uuid: string): Size | null {
    return this.#brokers.get(uuid)?.size ?? null;
  }

  /** Tells the viewers of a VM's console whether it is being recorded. */
  setRecording(uuid: string, recording: boolean): void {
    this.#brokers.get(uuid)?.setRecording(recording);
  }

  /** How many consoles are open, and how many look at them. */
  count(): { brokers: number; viewers: number } {
    let viewers = 0;
    for (const broker of this.#brokers.values()) viewers += broker.viewers;
    return { brokers: this.#brokers.size, viewers };
  }

  /** What a libvirt that does not answer keeps open or opening is freed when it comes back. */
  async [Symbol.asyncDispose](): Promise<void> {
    const open = [...this.#brokers.keys(), ...this.#closing.keys()];
    await inTime(END_PATIENCE, Promise.all(open.map((uuid) => this.#close(uuid))));
  }

  #broker(record: VMRecord): ConsoleBroker {
    let broker = this.#brokers.get(record.uuid);
    if (!broker) {
      const before = this.#closing.get(record.uuid) ?? Promise.resolve();
      broker = new ConsoleBroker(this.#hypervisor, record, this.#options, before);
      this.#brokers.set(record.uuid, broker);
    }
    return broker;
  }

  #hold(record: VMRecord): ConsoleBroker {
    clearTimeout(this.#lingering.get(record.uuid));
    this.#lingering.delete(record.uuid);
    return this.#broker(record);
  }

  #release(uuid: string, broker: ConsoleBroker): void {
    if (broker.wanted || this.#options.capture || this.#brokers.get(uuid) !== broker) return;
    clearTimeout(this.#lingering.get(uuid));
    const close = () => void this.#close(uuid);
    this.#lingering.set(uuid, setTimeout(close, this.#options.linger * 1000));
  }

  async #close(uuid: string): Promise<void> {
    clearTimeout(this.#lingering.get(uuid));
    this.#lingering.delete(uuid);
    const broker = this.#brokers.get(uuid);
    if (!broker) return await this.#closing.get(uuid);
    this.#brokers.delete(uuid);
    const closing = broker[Symbol.asyncDispose]();
    this.#closing.set(uuid, closing);
    await closing;
    if (this.#closing.get(uuid) === closing) this.#closing.delete(uuid);
  }
}
