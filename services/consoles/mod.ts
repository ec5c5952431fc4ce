import type { Hypervisor } from "../hypervisor.ts";
import { isActive, type VMRecord, type VMs } from "../vms/mod.ts";
import { ConsoleBroker, type Viewer } from "./broker.ts";

export { Chunk, type EndReason, type Viewer } from "./broker.ts";

/** Bytes of scrollback kept for each VM's console. */
const SCROLLBACK = 1024 * 1024;

/** A viewer's hold on a console, until it is disposed. */
export interface Attachment extends Disposable {
  /** @throws GlassError when the input is refused; then none of it was taken */
  write(bytes: Uint8Array): void;
}

/** All consoles that somebody looks at, or did a moment ago. */
export class Consoles implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #brokers = new Map<string, ConsoleBroker>();
  readonly #lingering = new Map<string, ReturnType<typeof setTimeout>>();
  /** Milliseconds a console stays attached after its last viewer, so that a reload loses nothing. */
  readonly #linger: number;

  constructor(hypervisor: Hypervisor, vms: VMs, lingerSeconds: number) {
    this.#hypervisor = hypervisor;
    this.#linger = lingerSeconds * 1000;
    vms.onChange(({ kind, record }) => {
      if (kind === "removed") void this.#close(record.uuid);
      else if (kind === "state" && isActive(record.state.status)) {
        this.#brokers.get(record.uuid)?.open();
      }
    });
    hypervisor.onConnectivity(({ connected }) => {
      if (!connected) return;
      for (const broker of this.#brokers.values()) broker.open();
    });
  }

  attach(record: VMRecord, viewer: Viewer): Attachment {
    const { uuid } = record;
    clearTimeout(this.#lingering.get(uuid));
    this.#lingering.delete(uuid);
    let broker = this.#brokers.get(uuid);
    if (!broker) {
      broker = new ConsoleBroker(this.#hypervisor, record, SCROLLBACK);
      this.#brokers.set(uuid, broker);
    }
    const held = broker;
    held.add(viewer);
    return {
      write: (bytes) => held.write(bytes),
      [Symbol.dispose]: () => this.#release(uuid, held, viewer),
    };
  }

  tap(record: VMRecord, tap: import("./tap.ts").ConsoleTap): Disposable {
    return this.attach(record, {
      output: (chunk) => tap.output(chunk.bytes),
      ended: () => tap.ended("stopped"),
      refused: () => {},
    });
  }
  setRecording(_uuid: string, _on: boolean): void {}

  /** How many consoles are open, and how many look at them. */
  count(): { brokers: number; viewers: number } {
    let viewers = 0;
    for (const broker of this.#brokers.values()) viewers += broker.viewers;
    return { brokers: this.#brokers.size, viewers };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#brokers.keys()].map((uuid) => this.#close(uuid)));
  }

  #release(uuid: string, broker: ConsoleBroker, viewer: Viewer): void {
    broker.remove(viewer);
    if (broker.viewers > 0 || this.#brokers.get(uuid) !== broker) return;
    clearTimeout(this.#lingering.get(uuid));
    this.#lingering.set(uuid, setTimeout(() => void this.#close(uuid), this.#linger));
  }

  async #close(uuid: string): Promise<void> {
    clearTimeout(this.#lingering.get(uuid));
    this.#lingering.delete(uuid);
    const broker = this.#brokers.get(uuid);
    this.#brokers.delete(uuid);
    await broker?.[Symbol.asyncDispose]();
  }
}
