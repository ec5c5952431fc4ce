/** One domain of one connection. https://libvirt.org/html/libvirt-libvirt-domain.html */
import type { CallQueue, Child } from "./call_queue.ts";
import { ConsoleStream } from "./console_stream.ts";
import type { ConsoleHandlers } from "./console_stream.ts";
import { countHandle, forgotten } from "./handles.ts";
import { identify } from "./identity.ts";
import { addressSources, takeInterface } from "./interface_addresses.ts";
import type { AddressSource, InterfaceAddresses } from "./interface_addresses.ts";
import { library } from "./library.ts";
import { snapshots } from "./snapshots.ts";
import type { Snapshot } from "./snapshots.ts";
import { cString, OutPointer, takePointers, takeString, uint64At } from "./memory.ts";

/** virDomainInfo: memory in bytes, CPU time in ns. */
export interface DomainInfo {
  /** virDomainState; see stateName. */
  state: number;
  maxMemory: number;
  memory: number;
  vcpus: number;
  cpuTime: number;
}

export interface ConsoleOptions extends ConsoleHandlers {
  /** Alias of the console or serial device; the first one when left out. */
  device?: string;
  /** Takes the console from whoever holds it. Without it that fails with `operationFailed`. */
  force?: boolean;
}

const INFO_SIZE = 40;
const KIB = 1024;
const NOT_RUNNING = 0xffff_ffff;
const XML_INACTIVE = 1 << 1; // VIR_DOMAIN_XML_INACTIVE
const AFFECT_LIVE = 1; // VIR_DOMAIN_AFFECT_LIVE
const CONSOLE_FORCE = 1; // VIR_DOMAIN_CONSOLE_FORCE
const KEYS_OF_LINUX = 0; // VIR_KEYCODE_SET_LINUX
/** Milliseconds. */
const KEYS_HELD = 50;

/** Functions that do something to a domain and answer whether it worked. */
type Action =
  | "virDomainCreate"
  | "virDomainShutdown"
  | "virDomainDestroy"
  | "virDomainSuspend"
  | "virDomainResume";
type ActionWithFlags = "virDomainReboot" | "virDomainReset" | "virDomainPMWakeup";

/** The C pointer, which either the Domain or its connection frees, whoever is first. */
class DomainPointer implements Child {
  #pointer: Deno.PointerObject | null;

  constructor(pointer: Deno.PointerObject) {
    this.#pointer = pointer;
    countHandle("domains", 1);
  }

  get value(): Deno.PointerObject {
    if (this.#pointer === null) throw new TypeError("This domain has been disposed");
    return this.#pointer;
  }

  release(): void {
    if (this.#pointer === null) return;
    library().virDomainFree(this.#pointer);
    this.#pointer = null;
    countHandle("domains", -1);
    forgotten.unregister(this);
  }
}

/** Of Domain's, for bulk statistics: raw pointers are nobody else's business. */
export let domainPointer: (domain: Domain) => Deno.PointerObject;

/** Hold it with `using`. All methods throw LibvirtError or LaneBroken. */
export class Domain implements Disposable {
  readonly uuid: string;
  readonly name: string;
  readonly #queue: CallQueue;
  readonly #pointer: DomainPointer;

  static {
    domainPointer = (domain) => domain.#pointer.value;
  }

  /** Takes over a pointer that libvirt gave to us. */
  constructor(queue: CallQueue, pointer: Deno.PointerObject) {
    ({ uuid: this.uuid, name: this.name } = identify(Deno.UnsafePointer.value(pointer)));
    this.#queue = queue;
    this.#pointer = new DomainPointer(pointer);
    queue.adopt(this.#pointer);
    forgotten.register(this, `domain ${JSON.stringify(this.name)}`, this.#pointer);
  }

  /** libvirt's id while it runs, as known at lookup; null while it does not. */
  get id(): number | null {
    const id = library().virDomainGetID(this.#pointer.value);
    return id === NOT_RUNNING ? null : id;
  }

  /** https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetState */
  state(): Promise<{ state: number; reason: number }> {
    const state = new Int32Array(1);
    const reason = new Int32Array(1);
    return this.#queue.call({
      operation: "virDomainGetState",
      invoke: async () => await library().virDomainGetState(this.#pointer.value, state, reason, 0),
      take: () => ({ state: state[0] ?? 0, reason: reason[0] ?? 0 }),
    });
  }

  /** https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetInfo */
  info(): Promise<DomainInfo> {
    const info = new DataView(new ArrayBuffer(INFO_SIZE));
    return this.#queue.call({
      operation: "virDomainGetInfo",
      invoke: async () => await library().virDomainGetInfo(this.#pointer.value, info),
      take: () => ({
        state: info.getUint8(0),
        maxMemory: uint64At(info, 8) * KIB,
        memory: uint64At(info, 16) * KIB,
        vcpus: info.getUint16(24, true),
        cpuTime: uint64At(info, 32),
      }),
    });
  }

  /**
   * The live definition, or with `inactive` the one of the next start. Passwords are left out.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetXMLDesc
   */
  xml(options: { inactive?: boolean } = {}): Promise<string> {
    const flags = options.inactive === true ? XML_INACTIVE : 0;
    return this.#queue.call({
      operation: "virDomainGetXMLDesc",
      invoke: async () => await library().virDomainGetXMLDesc(this.#pointer.value, flags),
      take: takeString,
    });
  }

  /** https://libvirt.org/html/libvirt-libvirt-domain-snapshot.html#virDomainListAllSnapshots */
  snapshots(): Promise<Snapshot[]> {
    return snapshots(this.#queue, () => this.#pointer.value);
  }

  /** Whether it stays defined while it is off. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainIsPersistent */
  persistent(): Promise<boolean> {
    return this.#queue.call({
      operation: "virDomainIsPersistent",
      invoke: async () => await library().virDomainIsPersistent(this.#pointer.value),
      take: (persistent) => persistent === 1,
    });
  }

  /** Whether it starts with the host. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetAutostart */
  autostart(): Promise<boolean> {
    const autostart = new Int32Array(1);
    return this.#queue.call({
      operation: "virDomainGetAutostart",
      invoke: async () => await library().virDomainGetAutostart(this.#pointer.value, autostart),
      take: () => autostart[0] === 1,
    });
  }

  /** https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainCreate */
  start(): Promise<void> {
    return this.#act("virDomainCreate");
  }

  /**
   * Asks the guest to power off; whether it does is the guest's affair.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainShutdown
   */
  shutdown(): Promise<void> {
    return this.#act("virDomainShutdown");
  }

  /** Asks the guest to reboot. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainReboot */
  reboot(): Promise<void> {
    return this.#actWithFlags("virDomainReboot");
  }

  /** Pulls the plug. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainDestroy */
  destroy(): Promise<void> {
    return this.#act("virDomainDestroy");
  }

  /** Presses the reset button. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainReset */
  reset(): Promise<void> {
    return this.#actWithFlags("virDomainReset");
  }

  /** https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainSuspend */
  suspend(): Promise<void> {
    return this.#act("virDomainSuspend");
  }

  /** https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainResume */
  resume(): Promise<void> {
    return this.#act("virDomainResume");
  }

  /** Wakes a guest that sleeps. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainPMWakeup */
  wakeUp(): Promise<void> {
    return this.#actWithFlags("virDomainPMWakeup");
  }

  /**
   * Presses keys of its keyboard, all at once, and lets them go. `codes` are Linux' own (KEY_* of
   * input-event-codes.h), 16 at most.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainSendKey
   */
  sendKeys(codes: readonly number[]): Promise<void> {
    const keys = Uint32Array.from(codes);
    return this.#queue.call({
      operation: "virDomainSendKey",
      invoke: async () =>
        await library().virDomainSendKey(
          this.#pointer.value,
          KEYS_OF_LINUX,
          KEYS_HELD,
          keys,
          keys.length,
          0,
        ),
      take: () => undefined,
    });
  }

  #act(operation: Action): Promise<void> {
    return this.#queue.call({
      operation,
      invoke: async () => await library()[operation](this.#pointer.value),
      take: () => undefined,
    });
  }

  #actWithFlags(operation: ActionWithFlags): Promise<void> {
    return this.#queue.call({
      operation,
      invoke: async () => await library()[operation](this.#pointer.value, 0),
      take: () => undefined,
    });
  }

  /** https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainInterfaceAddresses */
  interfaceAddresses(source: AddressSource): Promise<InterfaceAddresses[]> {
    const list = new OutPointer();
    return this.#queue.call({
      operation: "virDomainInterfaceAddresses",
      invoke: async () =>
        await library().virDomainInterfaceAddresses(
          this.#pointer.value,
          list.buffer,
          addressSources[source],
          0,
        ),
      take: (count) => takePointers(list.value, count).map(takeInterface),
    });
  }

  /**
   * How often the guest's balloon driver reports its memory, in seconds, until the guest stops; 0 is never.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainSetMemoryStatsPeriod
   */
  setMemoryStatsPeriod(seconds: number): Promise<void> {
    return this.#queue.call({
      operation: "virDomainSetMemoryStatsPeriod",
      invoke: async () =>
        await library().virDomainSetMemoryStatsPeriod(this.#pointer.value, seconds, AFFECT_LIVE),
      take: () => undefined,
    });
  }

  /**
   * Opens its serial console, on this domain's connection, which should serve nothing else.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainOpenConsole
   */
  async openConsole(options: ConsoleOptions): Promise<ConsoleStream> {
    const operation = "virDomainOpenConsole";
    const device = options.device === undefined ? null : cString(options.device, operation);
    const flags = options.force === true ? CONSOLE_FORCE : 0;
    return await ConsoleStream.open(
      this.#queue,
      async (stream) =>
        await library().virDomainOpenConsole(this.#pointer.value, device, stream, flags),
      options,
    );
  }

  /** Frees it, as soon as no call can be using it. */
  [Symbol.dispose](): void {
    this.#queue.forget(this.#pointer);
    this.#queue.whenIdle(() => this.#pointer.release());
  }
}
