import { Audit } from "./audit/mod.ts";
import type { Config } from "./config/mod.ts";
import { FirstRun } from "./identity/first_run.ts";
import { Sessions } from "./identity/sessions.ts";
import { Tokens } from "./identity/tokens.ts";
import { Users } from "./identity/users.ts";
import { Limits } from "./limits/mod.ts";
import { SignIns } from "./limits/sign_ins.ts";
import { lockDataDir, Store } from "./store/mod.ts";

/**
 * Who may come in, and what that stands on: the data folder. It knows nothing of VMs, and is there
 * before everything that does.
 */
export class Gate implements Disposable {
  readonly store: Store;
  readonly audit: Audit;
  readonly users: Users;
  readonly firstRun: FirstRun;
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly signIns: SignIns;
  readonly #lock: Disposable;

  /** @throws GlassError when the data folder cannot be used */
  constructor(config: Config) {
    this.#lock = lockDataDir(config.dataDir);
    this.store = new Store(config.dataDir);
    this.audit = new Audit(this.store, config.dataDir, config.auditRetention);
    this.users = new Users(this.store, this.audit);
    this.firstRun = new FirstRun(config.dataDir, this.users, this.audit);
    this.sessions = new Sessions(this.store, this.users, new Tokens(config.dataDir), this.audit, {
      lifetime: config.sessionsLifetime,
      idle: config.sessionsIdle,
      queryToken: config.authQueryToken,
      // A look at the store costs a page a sixth of its time.
      patience: 50,
    });
    this.limits = new Limits(config);
    this.signIns = new SignIns(this.store, this.audit);
  }

  start(): void {
    this.audit.start();
  }

  [Symbol.dispose](): void {
    this.audit[Symbol.dispose]();
    this.firstRun[Symbol.dispose]();
    this.store[Symbol.dispose]();
    this.#lock[Symbol.dispose]();
  }
}
