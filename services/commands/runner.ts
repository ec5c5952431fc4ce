import type { CommandData, Response } from "@/protocol/mod.ts";
import type { Audit } from "@/services/audit/mod.ts";
import { demand } from "@/services/identity/policy.ts";
import type { Users } from "@/services/identity/users.ts";
import { asGlassError, GlassError } from "../errors.ts";
import { log } from "../log.ts";
import type { VMRecord } from "../vms/mod.ts";
import type { CommandHistory } from "./history.ts";
import type { Order } from "./order.ts";
import type { Performer, Run } from "./perform.ts";

/** Runs commands whose turn has come, and writes down what came of them. */
export class Runner {
  readonly #performer: Performer;
  readonly #users: Users;
  readonly #history: CommandHistory;
  readonly #audit: Audit;
  /** Ends each of the commands that are running. */
  readonly #interrupts = new Set<(reason: GlassError) => void>();
  #stopping = false;

  constructor(performer: Performer, users: Users, history: CommandHistory, audit: Audit) {
    this.#performer = performer;
    this.#users = users;
    this.#history = history;
    this.#audit = audit;
  }

  /**
   * Runs one command to its end. Whatever goes wrong is its outcome; it rejects only when the store does
   * not work.
   *
   * @param waited whether others ran since it was given
   */
  async run(order: Order, report: Run["report"], waited: boolean): Promise<Response> {
    const { user, record, command } = order;
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

  /** Ends what is running, with an outcome that says so; nothing runs after it. */
  stop(): void {
    this.#stopping = true;
    for (const interrupt of this.#interrupts) interrupt(stopping());
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
