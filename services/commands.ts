import type { Domain, DomainEvent } from "@/libvirt/mod.ts";
import type { CommandData, ServerData, Status } from "@/protocol.ts";
import { asGlassError, GlassError } from "./errors.ts";
import type { Events } from "./events.ts";
import type { Hypervisor } from "./hypervisor.ts";
import { log } from "./log.ts";
import { demand } from "./policy.ts";
import type { Session } from "./sessions.ts";
import type { Store } from "./store.ts";
import type { VMRecord, VMs } from "./vms/mod.ts";

export type Response = ServerData<"response">;
export type Progress = ServerData<"progress">;

/** Milliseconds in which the same request id of the same user is the same command. */
const REPEAT_WINDOW = 10 * 60_000;

/** What a finished or running command answers with, kept for `REPEAT_WINDOW`. */
interface Remembered {
  response: Promise<Response>;
  createdAt: number;
}

/** A command on its way, as the steps of it see it. */
interface Run {
  report: (state: Progress["state"], message: string) => void;
  /** Rejects when virtglass stops. */
  interrupted: Promise<never>;
}

/**
 * Power commands: one at a time for each VM, in order of arrival; written to the store before they
 * run and after they ended; a repeated request id is answered with the first result.
 */
export class Commands implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #vms: VMs;
  readonly #events: Events;
  readonly #store: Store;
  /** Milliseconds a guest has to do what it was asked. */
  readonly #timeout: number;
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #remembered = new Map<string, Remembered>();
  /** Ends each of the commands that are running. */
  readonly #interrupts = new Set<(reason: GlassError) => void>();
  #stopping = false;

  constructor(
    hypervisor: Hypervisor,
    vms: VMs,
    events: Events,
    store: Store,
    timeoutSeconds: number,
  ) {
    this.#hypervisor = hypervisor;
    this.#vms = vms;
    this.#events = events;
    this.#store = store;
    this.#timeout = timeoutSeconds * 1000;
    store.run(
      `UPDATE commands SET ended_at = ?, success = 0,
       message = 'Interrupted: virtglass ended while it ran.' WHERE ended_at IS NULL`,
      Date.now(),
    );
  }

  /**
   * Runs one command to its end. A command that fails is a response with `success: false`.
   *
   * @throws GlassError VM_NOT_FOUND or FORBIDDEN, before anything is queued
   */
  async run(
    session: Session,
    name: string,
    command: CommandData,
    onProgress: (progress: Progress) => void = () => {},
  ): Promise<Response> {
    const record = this.#vms.find(session, name);
    demand(session, command.action, record, record.name);
    const key = `${session.user.name}\0${command.requestId}`;
    this.#forgetOld();
    const known = this.#remembered.get(key);
    if (known) return await known.response;
    const response = this.#enqueue(session, record, command, onProgress);
    this.#remembered.set(key, { response, createdAt: Date.now() });
    return await response;
  }

  /** Ends what is running, with an outcome that says so; nothing runs after it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    for (const interrupt of this.#interrupts) interrupt(STOPPING);
    await Promise.allSettled(this.#queues.values());
  }

  #enqueue(
    session: Session,
    record: VMRecord,
    command: CommandData,
    onProgress: (progress: Progress) => void,
  ): Promise<Response> {
    const { action, requestId } = command;
    const report = (state: Progress["state"], message: string) =>
      onProgress({ requestId, action, state, message });
    const before = this.#queues.get(record.uuid);
    if (before) report("queued", "Waiting for the command before it.");
    // A command runs whatever became of the one before it.
    const next = () => this.#execute(session, record, command, report);
    const response = (before ?? Promise.resolve()).then(next, next);
    this.#queues.set(record.uuid, response);
    const ended = () => {
      if (this.#queues.get(record.uuid) === response) this.#queues.delete(record.uuid);
    };
    void response.then(ended, ended);
    return response;
  }

  /** Whatever goes wrong is the command's outcome; it rejects only when the store does not work. */
  async #execute(
    session: Session,
    record: VMRecord,
    command: CommandData,
    report: Run["report"],
  ): Promise<Response> {
    const { action, requestId, force = false } = command;
    const key = [session.user.name, requestId] as const;
    const interruption = Promise.withResolvers<never>();
    this.#interrupts.add(interruption.reject);
    try {
      this.#store.run(
        `INSERT OR REPLACE INTO commands
         (request_id, user, vm_uuid, vm_name, action, force, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        requestId,
        session.user.name,
        record.uuid,
        record.name,
        action,
        force ? 1 : 0,
        Date.now(),
      );
      if (this.#stopping) throw STOPPING;
      report("running", `${ING[action]} VM "${record.name}".`);
      const run = { report, interrupted: interruption.promise };
      const message = await Promise.race([
        this.#perform(record, command, run),
        interruption.promise,
      ]);
      return this.#finish(key, { requestId, success: true, message });
    } catch (error) {
      const failure = asGlassError(error);
      if (failure.code === "INTERNAL") log.error("Command failed: {error}", { error });
      const message = failure.code === "LIBVIRT_ERROR"
        ? `Cannot ${action} VM "${record.name}": ${failure.message}`
        : failure.message;
      return this.#finish(key, { requestId, success: false, message });
    } finally {
      this.#interrupts.delete(interruption.reject);
    }
  }

  #finish([user, requestId]: readonly [string, string], response: Response): Response {
    this.#store.run(
      "UPDATE commands SET ended_at = ?, success = ?, message = ? WHERE user = ? AND request_id = ?",
      Date.now(),
      response.success ? 1 : 0,
      response.message,
      user,
      requestId,
    );
    return response;
  }

  async #perform(
    record: VMRecord,
    { action, force = false }: CommandData,
    run: Run,
  ): Promise<string> {
    checkState(record, action, force);
    const vm = `VM "${record.name}"`;
    switch (action) {
      case "start":
        await this.#onDomain(record, (domain) => domain.start());
        return `${vm} started successfully`;
      case "suspend":
        await this.#onDomain(record, (domain) => domain.suspend());
        return `${vm} suspended`;
      case "resume":
        await this.#onDomain(record, (domain) => domain.resume());
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
        await this.#ask(record, (domain) => domain.reboot(), this.#rebooted(record.uuid), run);
        return `${vm} restarted`;
    }
  }

  /** Does it, and brings the record up to date: who is answered must not see the state before. */
  async #onDomain(record: VMRecord, act: (domain: Domain) => Promise<void>): Promise<void> {
    await this.#hypervisor.command(async (connection) => {
      using domain = await connection.domainByUUID(record.uuid);
      await act(domain);
    });
    await this.#vms.refresh(record.uuid);
  }

  /** Asks the guest, then waits until it did it; the guest may well ignore it. */
  async #ask(
    record: VMRecord,
    act: (domain: Domain) => Promise<void>,
    reached: { promise: Promise<void> } & Disposable,
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

  #stopped(uuid: string): { promise: Promise<void> } & Disposable {
    const { promise, resolve } = Promise.withResolvers<void>();
    const subscription = this.#vms.onChange(({ kind, record }) => {
      if (record.uuid !== uuid) return;
      if (kind === "removed" || ENDED.has(record.state.status)) resolve();
    });
    return { promise, [Symbol.dispose]: () => subscription[Symbol.dispose]() };
  }

  #rebooted(uuid: string): { promise: Promise<void> } & Disposable {
    const { promise, resolve } = Promise.withResolvers<void>();
    const subscription = this.#events.onEvent((event: DomainEvent) => {
      if (event.uuid === uuid && event.kind === "reboot") resolve();
    });
    return { promise, [Symbol.dispose]: () => subscription[Symbol.dispose]() };
  }

  #forgetOld(): void {
    const limit = Date.now() - REPEAT_WINDOW;
    // Oldest first, as a Map keeps them.
    for (const [key, { createdAt }] of this.#remembered) {
      if (createdAt > limit) return;
      this.#remembered.delete(key);
    }
  }
}

const STOPPING = new GlassError(
  "CONFLICT",
  "Interrupted: virtglass is stopping. Look at the VM's state before you try again.",
);
const ENDED: ReadonlySet<Status> = new Set(["stopped", "crashed"]);
const ING = {
  start: "Starting",
  stop: "Stopping",
  restart: "Restarting",
  suspend: "Suspending",
  resume: "Resuming",
};

/** @throws GlassError VM_STATE when the VM's state makes the action impossible, in words */
function checkState(record: VMRecord, action: CommandData["action"], force: boolean): void {
  const { status } = record.state;
  const reason = impossible(action, status, force);
  if (reason) throw new GlassError("VM_STATE", `Cannot ${action} VM "${record.name}": ${reason}`);
}

function impossible(action: CommandData["action"], status: Status, force: boolean): string | null {
  if (status === "unknown") return null;
  const stopped = ENDED.has(status);
  switch (action) {
    case "start":
      if (stopped) return null;
      return status === "paused" ? "it is paused; resume it" : "it is already running";
    case "resume":
      return status === "paused" ? null : "it is not paused";
    case "suspend":
      return status === "running" ? null : "it is not running";
    case "stop":
    case "restart":
      if (stopped) return "it is not running";
      return status === "paused" && !force
        ? "it is paused, so the guest cannot react; resume it first, or use force"
        : null;
  }
}
