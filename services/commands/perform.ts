import { type Domain, DomainState } from "@/libvirt/mod.ts";
import type { CommandData, Progress } from "@/protocol/mod.ts";
import { GlassError } from "../errors.ts";
import type { Events } from "../events.ts";
import type { CommandKind, Hypervisor } from "../hypervisor.ts";
import type { VMRecord, VMs } from "../vms/mod.ts";
import { ENDED, impossible } from "./possible.ts";

/** A command on its way. */
export interface Run {
  report: (state: Progress["state"], message: string) => void;
  /** Rejects when virtglass stops. */
  interrupted: Promise<never>;
}

/** Something that is waited for, and no longer once disposed. */
type Reached = { promise: Promise<void> } & Disposable;

/** Carries commands out: asks libvirt, and where the guest has to do it, waits until it did. */
export class Performer {
  readonly #hypervisor: Hypervisor;
  readonly #vms: VMs;
  readonly #events: Events;
  /** Milliseconds a guest has to do what it was asked. */
  readonly #timeout: number;

  constructor(hypervisor: Hypervisor, vms: VMs, events: Events, timeout: number) {
    this.#hypervisor = hypervisor;
    this.#vms = vms;
    this.#events = events;
    this.#timeout = timeout;
  }

  /** Resolves with what was done, in words. @throws GlassError */
  async perform(record: VMRecord, command: CommandData, run: Run): Promise<string> {
    const { action, force = false } = command;
    const vm = `VM "${record.name}"`;
    // While it waited, the VM may have gone, and another one may have come with its UUID.
    if (this.#vms.record(record.uuid) !== record) {
      const reason = "the VM that this command was given to is gone";
      throw new GlassError("VM_NOT_FOUND", `Cannot ${action} ${vm}: ${reason}`);
    }
    const reason = impossible(action, record.state.status, force);
    if (reason) throw new GlassError("VM_STATE", `Cannot ${action} ${vm}: ${reason}`);
    switch (action) {
      case "start":
        await this.#onDomain(record, (domain) => domain.start(), "start");
        return `${vm} started successfully`;
      case "suspend":
        await this.#onDomain(record, (domain) => domain.suspend());
        return `${vm} suspended`;
      case "resume":
        await this.#onDomain(record, resume);
        return `${vm} resumed`;
      case "stop":
        if (force) {
          await this.#onDomain(record, (domain) => domain.destroy());
          return `${vm} powered off`;
        }
        await this.#ask(record, (domain) => domain.shutdown(), this.#stopped(record.uuid), run);
        return `${vm} shut down`;
      case "restart":
        if (force) {
          await this.#onDomain(record, (domain) => domain.reset());
          return `${vm} reset`;
        }
        await this.#ask(record, (domain) => domain.reboot(), this.#rebooted(record), run);
        return `${vm} restarted`;
    }
  }

  /** Does it, and brings the record up to date: who is answered must not see the state before. */
  async #onDomain(
    record: VMRecord,
    act: (domain: Domain) => Promise<void>,
    kind?: CommandKind,
  ): Promise<void> {
    await this.#hypervisor.command(async (connection) => {
      using domain = await connection.domainByUUID(record.uuid);
      await act(domain);
    }, kind);
    await this.#vms.refresh(record.uuid);
  }

  /** Asks the guest, then waits until it did it; the guest may well ignore it. */
  async #ask(
    record: VMRecord,
    act: (domain: Domain) => Promise<void>,
    reached: Reached,
    run: Run,
  ): Promise<void> {
    using done = reached;
    await this.#onDomain(record, act);
    run.report("waiting", `Waiting for the guest of VM "${record.name}".`);
    const timeout = Promise.withResolvers<"timeout">();
    const timer = setTimeout(() => timeout.resolve("timeout"), this.#timeout);
    try {
      const outcome = await Promise.race([done.promise, timeout.promise, run.interrupted]);
      if (outcome !== "timeout") return;
    } finally {
      clearTimeout(timer);
    }
    throw new GlassError(
      "TIMEOUT",
      `The guest of VM "${record.name}" did not react within ${
        this.#timeout / 1000
      } s. It may have no ACPI support or be stuck: use force to power off or reset.`,
    );
  }

  #stopped(uuid: string): Reached {
    const { promise, resolve } = Promise.withResolvers<void>();
    const subscription = this.#vms.onChange(({ kind, record }) => {
      if (record.uuid !== uuid) return;
      if (kind === "removed" || ENDED.has(record.state.status)) resolve();
    });
    return { promise, [Symbol.dispose]: () => subscription[Symbol.dispose]() };
  }

  /** Rejects when it stops instead, as its definition or the guest itself may have it. */
  #rebooted({ uuid, name }: VMRecord): Reached {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stack = new DisposableStack();
    stack.use(this.#events.onEvent((event) => {
      if (event.uuid === uuid && event.kind === "reboot") resolve();
    }));
    const stopped = stack.use(this.#stopped(uuid));
    void stopped.promise.then(() => {
      const reason = "it stopped instead of restarting";
      reject(new GlassError("VM_STATE", `Cannot restart VM "${name}": ${reason}`));
    });
    // It may stop while libvirt is being asked, before anybody waits for this.
    promise.catch(() => {});
    return { promise, [Symbol.dispose]: () => stack.dispose() };
  }
}

/** libvirt resumes what it paused; a guest that put itself to sleep has to be woken up. */
async function resume(domain: Domain): Promise<void> {
  const { state } = await domain.state();
  await (state === DomainState.pmsuspended ? domain.wakeUp() : domain.resume());
}
