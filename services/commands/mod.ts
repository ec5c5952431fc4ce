import type { Command, CommandData, Progress, Response } from "@/protocol/mod.ts";
import type { Audit, AuditEntry } from "@/services/audit/mod.ts";
import { asGlassError, GlassError } from "../errors.ts";
import type { Events } from "../events.ts";
import type { Hypervisor } from "../hypervisor.ts";
import type { Limits } from "../limits/mod.ts";
import { log } from "../log.ts";
import { APITokens } from "@/services/identity/api_tokens.ts";
import { demand, may } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Users } from "@/services/identity/users.ts";
import type { VMRecord, VMs } from "../vms/mod.ts";
import { type CommandFilter, CommandHistory } from "./history.ts";
import { Performer, type Run } from "./perform.ts";

/** Milliseconds in which the same request id of the same user is the same command. */
const REPEAT_WINDOW = 10 * 60_000;
/** Commands that may wait for the one that runs, for each VM. */
const MAX_WAITING = 16;

/** A command with whose it is and where it is written down. */
interface Order {
  /** Its row of the history. */
  id: number;
  /** What is recorded when it has ended, but for what came of it. */
  ending: AuditEntry;
  user: string;
  record: VMRecord;
  command: CommandData;
  report: Run["report"];
}

/** The commands to one VM that have not ended. */
interface Queue {
  length: number;
  /** The end of the last one. */
  end: Promise<unknown>;
}

/** What an event of kind "command" says of it. */
type CommandState = Progress["state"] | "done" | "failed";

/**
 * Power commands: one at a time for each VM, in order of arrival; written to the store before they
 * run and after they ended; a repeated request id is answered with the first result.
 */
export class Commands implements AsyncDisposable {
  readonly #vms: VMs;
  readonly #events: Events;
  readonly #limits: Limits;
  readonly #users: Users;
  readonly #audit: Audit;
  readonly #history: CommandHistory;
  readonly #performer: Performer;
  /** By VM. */
  readonly #queues = new Map<string, Queue>();
  /** By user and request id, those that have not ended; the history remembers the others. */
  readonly #running = new Map<string, Promise<Response>>();
  /** By user and request id, when those of the last minutes were given, by the steady clock. */
  readonly #recent = new Map<string, number>();
  /** Ends each of the commands that are running. */
  readonly #interrupts = new Set<(reason: GlassError) => void>();
  #stopping = false;

  constructor(
    hypervisor: Hypervisor,
    vms: VMs,
    events: Events,
    store: Store,
    limits: Limits,
    users: Users,
    audit: Audit,
    timeoutSeconds: number,
  ) {
    this.#vms = vms;
    this.#events = events;
    this.#limits = limits;
    this.#users = users;
    this.#audit = audit;
    this.#history = new CommandHistory(store, (command) => {
      const { user, uuid, vm: name, action, force, message } = command;
      const [actor, detail] = [{ user, address: null }, { action, force, message }];
      audit.outcome({ kind: "command.ended", actor, vm: { uuid, name }, result: "failed", detail });
    });
    this.#performer = new Performer(hypervisor, vms, events, timeoutSeconds * 1000);
  }

  /**
   * Runs one command to its end. A command that fails is a response with `success: false`.
   *
   * @param address where it comes from
   * @throws GlassError VM_NOT_FOUND, FORBIDDEN, RATE_LIMITED, CONFLICT when too many wait, or
   * AUDIT_UNAVAILABLE, before anything is queued
   */
  async run(
    session: Session,
    address: string,
    name: string,
    command: CommandData,
    onProgress: (progress: Progress) => void = () => {},
  ): Promise<Response> {
    return await this.#give(session, address, name, command, onProgress);
  }

  /**
   * Begins a command and returns as soon as it is written down; it runs on. Returns the first one, as
   * it is now, when the request id is repeated. Throws what `run` rejects with.
   */
  submit(
    session: Session,
    address: string,
    name: string,
    command: CommandData,
  ): Command {
    this.#give(session, address, name, command, () => {})
      .catch((error) => log.error("Command failed: {error}", { error }));
    return this.find(session, command.requestId);
  }

  /**
   * A command that this session's user gave, to a VM that it may see still.
   *
   * @throws GlassError NOT_FOUND
   */
  find(session: Session, requestId: string): Command {
    const command = this.#history.find(session.user.name, requestId);
    if (command && may(session, "read", command)) return command;
    throw new GlassError("NOT_FOUND", `You gave no command with the request id "${requestId}".`);
  }

  /** Commands to VMs that the session may see, the newest first. */
  list(session: Session, filter: CommandFilter): Command[] {
    return this.#history.list(filter, ({ uuid }) => may(session, "read", { uuid }));
  }

  /** Ends what is running, with an outcome that says so; nothing runs after it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    for (const interrupt of this.#interrupts) interrupt(stopping());
    await Promise.allSettled(this.#queues.values().map(({ end }) => end));
  }

  /** When this returns the command has been written down; its response is yet to come. */
  #give(
    session: Session,
    address: string,
    name: string,
    command: CommandData,
    onProgress: (progress: Progress) => void,
  ): Promise<Response> {
    const record = this.#vms.find(session, name);
    const user = session.user.name;
    const entry: AuditEntry = {
      kind: "command.given",
      actor: { user, address },
      vm: { uuid: record.uuid, name: record.name },
      result: "ok",
      detail: {
        action: command.action,
        force: command.force ?? false,
        ...APITokens.told(session),
      },
    };
    this.#audit.attempt(entry, () => demand(session, command.action, record, record.name));
    const key = `${user}\0${command.requestId}`;
    const running = this.#running.get(key);
    if (running) return running;
    const known = this.#history.find(user, command.requestId);
    if (known && this.#isRecent(key, known)) return Promise.resolve(answer(known));
    const response = this.#begin(user, record, command, entry, onProgress);
    this.#running.set(key, response);
    const forget = () => void this.#running.delete(key);
    response.then(forget, forget);
    return response;
  }

  #begin(
    user: string,
    record: VMRecord,
    command: CommandData,
    entry: AuditEntry,
    onProgress: (progress: Progress) => void,
  ): Promise<Response> {
    const { action, requestId, force = false } = command;
    const { uuid, name: vm } = record;
    try {
      this.#limits.command(user);
      this.#demandPlace(action, record);
    } catch (error) {
      throw this.#audit.refused(entry, error);
    }
    const createdAt = new Date().toISOString();
    const { id, given } = this.#audit.write(entry, (given) => ({
      id: this.#history.begin({ requestId, user, vm, uuid, action, force, createdAt }),
      given,
    }));
    const ending = {
      ...entry,
      kind: "command.ended",
      detail: { ...entry.detail, given },
    } as const;
    this.#remember(`${user}\0${requestId}`);
    const note = (state: CommandState, message: string) =>
      this.#events.note("command", { uuid, name: vm }, {
        action,
        force,
        user,
        requestId,
        state,
        message,
      });
    const report: Run["report"] = (state, message) => {
      note(state, message);
      onProgress({ requestId, action, state, message });
    };
    const order: Order = { id, ending, user, record, command, report };
    return this.#enqueue(order).then((response) => {
      note(response.success ? "done" : "failed", response.message);
      return response;
    });
  }

  #demandPlace(action: CommandData["action"], { uuid, name }: VMRecord): void {
    if ((this.#queues.get(uuid)?.length ?? 0) <= MAX_WAITING) return;
    throw new GlassError(
      "CONFLICT",
      `Cannot ${action} VM "${name}": ${MAX_WAITING} commands wait for it already. Try again when some have ended.`,
    );
  }

  #enqueue(order: Order): Promise<Response> {
    const { uuid } = order.record;
    const queue = this.#queues.get(uuid) ?? { length: 0, end: Promise.resolve() };
    this.#queues.set(uuid, queue);
    const waits = queue.length++ > 0;
    if (waits) order.report("queued", "Waiting for the command before it.");
    // A command runs whatever became of the one before it.
    const next = () => this.#execute(order, waits);
    const response = queue.end.then(next, next);
    queue.end = response;
    const ended = () => {
      if (--queue.length === 0) this.#queues.delete(uuid);
    };
    void response.then(ended, ended);
    return response;
  }

  /** Whatever goes wrong is the command's outcome; it rejects only when the store does not work. */
  async #execute(order: Order, waited: boolean): Promise<Response> {
    const { user, record, command, report } = order;
    const { action } = command;
    const vm = record.name;
    const begin = performance.now();
    const end = (success: boolean, message: string) =>
      this.#end(order, (performance.now() - begin) / 1000, success, message);
    const interruption = Promise.withResolvers<never>();
    this.#interrupts.add(interruption.reject);
    try {
      if (this.#stopping) throw stopping();
      if (waited) this.#demandStill(user, action, record);
      report("running", `${ING[action]} VM "${vm}".`);
      const run = { report, interrupted: interruption.promise };
      const message = await Promise.race([
        this.#performer.perform(record, command, run),
        interruption.promise,
      ]);
      return end(true, message);
    } catch (error) {
      const failure = asGlassError(error);
      if (failure.code === "INTERNAL") log.error("Command failed: {error}", { error });
      const message = failure.code === "LIBVIRT_ERROR"
        ? `Cannot ${action} VM "${vm}": ${failure.message}`
        : failure.message;
      return end(false, message);
    } finally {
      this.#interrupts.delete(interruption.reject);
    }
  }

  /** What one was allowed when one asked may have been taken away while the command waited. */
  #demandStill(name: string, action: CommandData["action"], record: VMRecord): void {
    const user = this.#users.get(name);
    if (!user) throw new GlassError("FORBIDDEN", `User "${name}" may not sign in any more.`);
    demand({ id: "", user, expiresAt: Infinity }, action, record, record.name);
  }

  #end(
    { id, ending, command: { requestId } }: Order,
    duration: number,
    success: boolean,
    message: string,
  ): Response {
    const entry = {
      ...ending,
      result: success ? "ok" : "failed",
      duration,
      detail: { ...ending.detail, message },
    } as const;
    this.#history.end(id, success, message, () => this.#audit.outcome(entry));
    return { requestId, success, message };
  }

  /** Whether a request id stands for this command still. After a restart the time of day tells. */
  #isRecent(key: string, { createdAt }: Command): boolean {
    this.#forgetOld();
    return this.#recent.has(key) || Date.parse(createdAt) > Date.now() - REPEAT_WINDOW;
  }

  #remember(key: string): void {
    this.#forgetOld();
    this.#recent.delete(key);
    this.#recent.set(key, performance.now());
  }

  /** Maps keep insertion order, so the oldest come first. */
  #forgetOld(): void {
    for (const [key, at] of this.#recent) {
      if (at > performance.now() - REPEAT_WINDOW) return;
      this.#recent.delete(key);
    }
  }
}

/** What the first of several equal requests was answered, from the history. */
function answer({ requestId, success, message }: Command): Response {
  return { requestId, success: success ?? false, message: message ?? "It is still running." };
}

function stopping(): GlassError {
  const says = "Interrupted: virtglass is stopping. Look at the VM's state before you try again.";
  return new GlassError("CONFLICT", says);
}

/** Of each, as its progress tells it. */
export const ING = {
  start: "Starting",
  stop: "Stopping",
  restart: "Restarting",
  suspend: "Suspending",
  resume: "Resuming",
};
