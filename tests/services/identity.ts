import { Audit } from "@/services/audit/mod.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { Sessions, type SessionSettings } from "@/services/identity/sessions.ts";
import { Tokens } from "@/services/identity/tokens.ts";
import { Users } from "@/services/identity/users.ts";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "./temporary_folder.ts";
import { quickHashes } from "./quick_hashes.ts";

export const PASSWORD = "correct horse 42";

/** Users and sessions on a store of their own, with the operator "alice". */
export class Identity implements Disposable {
  readonly #folder = temporaryFolder();
  readonly path = this.#folder.path;
  readonly store = new Store(this.path);
  readonly audit = new Audit(this.store, this.path, 365);
  readonly users = new Users(this.store, this.audit, quickHashes());
  readonly tokens = new Tokens(this.path);
  readonly sessions: Sessions;

  private constructor(settings: Partial<SessionSettings> | undefined) {
    this.sessions = new Sessions(this.store, this.users, this.tokens, this.audit, settings);
  }

  static async create(settings?: Partial<SessionSettings>): Promise<Identity> {
    const identity = new Identity(settings);
    await identity.users.add("alice", "operator", PASSWORD, COMMAND_LINE);
    return identity;
  }

  [Symbol.dispose](): void {
    this.audit[Symbol.dispose]();
    this.store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}

/** Does it at a time of day that is so many ms from now. */
export async function later<T>(milliseconds: number, work: () => T | Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => now() + milliseconds;
  try {
    return await work();
  } finally {
    Date.now = now;
  }
}

/** Does it while the time of day stands still, so that no code of 30 s ends in between. */
export async function atOneMoment(work: () => Promise<void>): Promise<void> {
  const { now } = Date;
  const moment = now();
  Date.now = () => moment;
  try {
    await work();
  } finally {
    Date.now = now;
  }
}
