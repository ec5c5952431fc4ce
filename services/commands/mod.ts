import type {
  Command,
  CommandData,
  CommandsGiven,
  ErrorCode,
  Progress,
  Response,
} from "@/protocol/mod.ts";
import type { Audit, AuditEntry } from "@/services/audit/mod.ts";
import { GlassError } from "../errors.ts";
import type { Events } from "../events.ts";
import type { Hypervisor } from "../hypervisor.ts";
import type { Limits } from "../limits/mod.ts";
import { log } from "../log.ts";
import { APITokens } from "@/services/identity/api_tokens.ts";
import { demand, may, seenBy } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Users } from "@/services/identity/users.ts";
import type { VMRecord, VMs } from "../vms/mod.ts";
import { type CommandFilter, CommandHistory } from "./history.ts";
import type { Order, Wish } from "./order.ts";
import { Performer, type Run } from "./perform.ts";
import { VMQueues } from "./queues.ts";
import { RecentKeys } from "./recent_keys.ts";
import { Runner } from "./runner.ts";

/** Commands that may wait for the one that runs, for each VM. */
const MAX_WAITING = 16;

/** Why one of several VMs is not given a command, while the others are. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(["VM_NOT_FOUND", "FORBIDDEN", "CONFLICT"]);

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
  readonly #audit: Audit;
  readonly #history: CommandHistory;
  readonly #runner: Runner;
  readonly #queues = new VMQueues();
  /** By user and request id, those that have not ended; the history remembers the others. */
  readonly #running = new Map<string, Promise<Response>>();
  /** By user and request id. */
  readonly #recent = new RecentKeys();

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
    this.#audit = audit;
    this.#history = new CommandHistory(store, (command) => {
      const { user, uuid, vm: name, action, force, message } = command;
      const [actor, detail] = [{ user, address: null }, { action, force, message }];
      audit.outcome({ kind: "command.ended", actor, vm: { uuid, name }, result: "failed", detail });
    });
    const performer = new Performer(hypervisor, vms, events, timeoutSeconds * 1000);
    this.#runner = new Runner(performer, users, this.#history, audit);
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
    this.#give(session, address, name, command, () => {}).catch(logFailure);
    return this.find(session, command.requestId);
  }

  /**
   * Begins the same command to several VMs, which counts as one. Each has a request id of its own, its
   * UUID behind the one that is given; all are written down before the first one begins.
   *
   * @param names of VMs, or their UUIDs
   * @throws GlassError RATE_LIMITED or AUDIT_UNAVAILABLE, before any of them is queued
   */
  submitToMany(
    session: Session,
    address: string,
    names: readonly string[],
    { requestId, ...command }: CommandData,
  ): CommandsGiven {
    const user = session.user.name;
    const { action, force = false } = command;
    const detail = { action, force, vms: names.length, ...APITokens.told(session) };
    this.#audit.attempt(
      { kind: "command.given", actor: { user, address }, result: "ok", detail },
      () => this.#limits.command(user),
    );
    const given = new Set<string>();
    const refused: CommandsGiven["refused"] = [];
    const orders: Order[] = [];
    this.#audit.together(() => {
      for (const vm of names) {
        try {
          const { uuid } = this.#vms.find(session, vm);
          const ofVM = { ...command, requestId: `${requestId}:${uuid}` };
          const wish = this.#wish(session, address, uuid, ofVM);
          if (!this.#repeated(wish)) orders.push(this.#write(wish));
          given.add(ofVM.requestId);
        } catch (error) {
          if (!(error instanceof GlassError && REFUSALS.has(error.code))) throw error;
          refused.push({ vm, code: error.code, message: error.message });
        }
      }
    });
    for (const order of orders) void this.#begin(order, () => {}).catch(logFailure);
    return { commands: [...given].map((id) => this.find(session, id)), refused };
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
    return this.#history.list(filter, seenBy(session));
  }

  /** Ends what is running, with an outcome that says so; nothing runs after it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#runner.stop();
    await this.#queues.ended();
  }

  /** When this returns the command has been written down; its response is yet to come. */
  #give(
    session: Session,
    address: string,
    name: string,
    command: CommandData,
    onProgress: (progress: Progress) => void,
  ): Promise<Response> {
    const wish = this.#wish(session, address, name, command);
    const repeated = this.#repeated(wish);
    if (repeated) return repeated;
    this.#audit.attempt(wish.entry, () => this.#limits.command(wish.user));
    return this.#begin(this.#write(wish), onProgress);
  }

  #wish(session: Session, address: string, name: string, command: CommandData): Wish {
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
    return { key: `${user}\0${command.requestId}`, user, record, command, entry };
  }

  /** The answer to the first command of the same request id; undefined when this is the first. */
  #repeated({ key, user, command }: Wish): Promise<Response> | undefined {
    const running = this.#running.get(key);
    if (running) return running;
    const known = this.#history.find(user, command.requestId);
    return known && this.#recent.has(key, known) ? Promise.resolve(answer(known)) : undefined;
  }

  #write(wish: Wish): Order {
    const { key, user, record, command, entry } = wish;
    const { action, requestId, force = false } = command;
    const { uuid, name: vm } = record;
    this.#audit.attempt(entry, () => this.#demandPlace(action, record));
    const createdAt = new Date().toISOString();
    const { id, given } = this.#audit.write(entry, (given) => ({
      id: this.#history.begin({ requestId, user, vm, uuid, action, force, createdAt }),
      given,
    }));
    this.#recent.add(key);
    const detail = { ...entry.detail, given };
    return { ...wish, id, ending: { ...entry, kind: "command.ended", detail } };
  }

  #begin(order: Order, onProgress: (progress: Progress) => void): Promise<Response> {
    const { key, user, record: { uuid, name }, command } = order;
    const { action, requestId, force = false } = command;
    const note = (state: CommandState, message: string) =>
      this.#events.note("command", { uuid, name }, {
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
    const response = this.#enqueue(order, report).then((response) => {
      note(response.success ? "done" : "failed", response.message);
      return response;
    });
    this.#running.set(key, response);
    const forget = () => void this.#running.delete(key);
    response.then(forget, forget);
    return response;
  }

  #demandPlace(action: CommandData["action"], { uuid, name }: VMRecord): void {
    if (this.#queues.length(uuid) <= MAX_WAITING) return;
    throw new GlassError(
      "CONFLICT",
      `Cannot ${action} VM "${name}": ${MAX_WAITING} commands wait for it already. Try again when some have ended.`,
    );
  }

  #enqueue(order: Order, report: Run["report"]): Promise<Response> {
    const { uuid } = order.record;
    const waits = this.#queues.length(uuid) > 0;
    if (waits) report("queued", "Waiting for the command before it.");
    return this.#queues.add(uuid, () => this.#runner.run(order, report, waits));
  }
}

/** What the first of several equal requests was answered, from the history. */
function answer({ requestId, success, message }: Command): Response {
  return { requestId, success: success ?? false, message: message ?? "It is still running." };
}

const logFailure = (error: unknown) => log.error("Command failed: {error}", { error });
