import type { Account, NamedGrant, Role, User } from "@/protocol/mod.ts";
import type { Audit, AuditEntry } from "@/services/audit/mod.ts";
import { GlassError } from "@/services/errors.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Actor } from "./actor.ts";
import { grantEntries } from "./grant_entries.ts";
import { Grants } from "./grants.ts";
import { demandGoodPassword } from "./password_check.ts";
import { PasswordHashes } from "./password_hash.ts";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** What a user may do: a role for all VMs, or a role on each of these and nothing else. */
export type Access = Role | readonly NamedGrant[];

/** What to change of a user, all of it or nothing. */
export interface UserChange {
  access?: Access;
  disabled?: boolean;
  password?: string;
}

interface Row {
  name: string;
  role: Role | null;
  password: string;
  created_at: number;
  disabled_at: number | null;
  signed_in_at: number | null;
}

/** Throws when what was permitted may not be any more. */
export type Still = () => void;

const always: Still = () => {};

/**
 * Who may sign in, and what they may do then. Whatever is changed here counts at once: who holds
 * sessions and sockets is told by `onChange`.
 */
export class Users {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #grants: Grants;
  readonly #hashes: PasswordHashes;
  readonly #listeners = new Set<() => void>();
  #revision = 0;

  constructor(store: Store, audit: Audit, hashes: PasswordHashes = new PasswordHashes()) {
    this.#store = store;
    this.#audit = audit;
    this.#hashes = hashes;
    this.#grants = new Grants(store);
  }

  /** Grows when a user or its sessions may have changed: whoever caches them looks again. */
  get revision(): number {
    return this.#revision;
  }

  /** Calls `listener` after every change that is made by this process. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Whether somebody can sign in who may do everything. */
  get hasAdmin(): boolean {
    return this.#admins() > 0;
  }

  /** Whether there is such a user, disabled or not. */
  has(name: string): boolean {
    return this.#row(name) !== undefined;
  }

  /** By name. */
  list(): Account[] {
    return this.#store.all<Row>("SELECT * FROM users ORDER BY name")
      .map((row) => this.#account(row));
  }

  /** @throws GlassError NOT_FOUND */
  account(name: string): Account {
    const row = this.#row(name);
    if (!row) throw unknownUser(name);
    return this.#account(row);
  }

  /** Somebody who may sign in: a disabled user is none. */
  get(name: string): User | undefined {
    const row = this.#row(name);
    return row && row.disabled_at === null ? this.#user(row) : undefined;
  }

  /**
   * @param still asked when it is written: hashing the password takes a while
   * @throws GlassError CONFLICT for a taken name, INVALID_MESSAGE for a bad name, password or grant,
   *   RATE_LIMITED while too many passwords wait, and what `still` throws
   */
  async add(
    name: string,
    access: Access,
    password: string,
    actor: Actor,
    still = always,
  ): Promise<void> {
    if (!NAME.test(name)) {
      throw new GlassError(
        "INVALID_MESSAGE",
        `"${name}" is not a user name: 1 to 64 letters, digits, or . _ @ -, beginning with a letter or digit.`,
      );
    }
    if (this.#row(name)) throw taken(name);
    const hash = await this.#newHash(name, password);
    const detail = toldOf(access);
    this.#write({ kind: "user.add", actor, subject: name, result: "ok", detail }, () => {
      still();
      const added = this.#store.run(
        `INSERT INTO users (name, password, created_at) VALUES (?, ?, ?)
         ON CONFLICT (name) DO NOTHING`,
        name,
        hash,
        Date.now(),
      );
      // Somebody else may have added it while the password was hashed.
      if (added === 0) throw taken(name);
      this.#allow(name, access, actor);
    });
  }

  /**
   * A new password ends the user's sessions, and so does being disabled.
   *
   * @param still asked when it is written: hashing a password takes a while
   * @throws GlassError NOT_FOUND, INVALID_MESSAGE for a bad password or grant, CONFLICT when nobody
   * would be left who may do everything, RATE_LIMITED while too many passwords wait, and what `still`
   * throws
   */
  async change(name: string, change: UserChange, actor: Actor, still = always): Promise<void> {
    const { access, disabled, password } = change;
    if (!this.#row(name)) throw unknownUser(name);
    const hash = password === undefined ? null : await this.#newHash(name, password);
    const other = access !== undefined || disabled !== undefined;
    const kind = other ? "user.change" : "user.password";
    const detail = {
      ...(access === undefined ? {} : toldOf(access)),
      ...(disabled === undefined ? {} : { disabled }),
      ...(other && hash !== null ? { password: "changed" } : {}),
    };
    this.#write({ kind, actor, subject: name, result: "ok", detail }, () => {
      still();
      // It may have been removed while the password was hashed.
      if (!this.#row(name)) throw unknownUser(name);
      if (access !== undefined) this.#allow(name, access, actor);
      if (hash !== null) {
        this.#store.run("UPDATE users SET password = ? WHERE name = ?", hash, name);
      }
      if (disabled !== undefined) {
        const at = disabled ? Date.now() : null;
        this.#store.run("UPDATE users SET disabled_at = ? WHERE name = ?", at, name);
      }
      if (hash !== null || disabled) {
        this.#store.run("DELETE FROM sessions WHERE user = ?", name);
      }
    });
  }

  /** Sets a new password and ends the user's sessions. Throws as `change` does. */
  async changePassword(
    name: string,
    password: string,
    actor: Actor,
    still = always,
  ): Promise<void> {
    await this.change(name, { password }, actor, still);
  }

  /** Removes the user with its sessions and grants. @throws GlassError NOT_FOUND or CONFLICT */
  remove(name: string, actor: Actor): void {
    this.#write({ kind: "user.remove", actor, subject: name, result: "ok" }, () => {
      if (this.#store.run("DELETE FROM users WHERE name = ?", name) === 0) throw unknownUser(name);
    });
  }

  /** The user when name and password fit and it is not disabled, otherwise null. */
  async verify(name: string, password: string): Promise<User | null> {
    const stands = this.standing(name);
    // All three take the same time.
    const fits = await this.#hashes.fits(password, this.#row(name)?.password);
    // It may have been given another role meanwhile.
    return fits && stands() ? this.get(name) ?? null : null;
  }

  /** Makes what tells, later on, whether the user has the same password still and may sign in. */
  standing(name: string): () => boolean {
    const before = this.#row(name)?.password;
    return () => {
      const now = this.#row(name);
      return now !== undefined && now.disabled_at === null && now.password === before;
    };
  }

  /** Writes down that somebody has signed in. */
  noteSignIn(name: string): void {
    this.#store.run("UPDATE users SET signed_in_at = ? WHERE name = ?", Date.now(), name);
  }

  #row(name: string): Row | undefined {
    return this.#store.get<Row>("SELECT * FROM users WHERE name = ?", name);
  }

  #user({ name, role }: Row): User {
    return role === null ? { name, role, grants: this.#grants.of(name) } : { name, role };
  }

  #account({ name, role, disabled_at, created_at, signed_in_at }: Row): Account {
    return {
      name,
      role,
      grants: this.#grants.named(name),
      disabled: disabled_at !== null,
      createdAt: new Date(created_at).toISOString(),
      signedInAt: signed_in_at === null ? null : new Date(signed_in_at).toISOString(),
    };
  }

  #allow(name: string, access: Access, actor: Actor): void {
    const [role, grants] = typeof access === "string" ? [access, []] : [null, access];
    this.#store.run("UPDATE users SET role = ? WHERE name = ?", role, name);
    const before = this.#grants.named(name);
    this.#grants.replace(name, grants);
    for (const entry of grantEntries(before, grants)) {
      this.#audit.write({ ...entry, actor, subject: name, result: "ok" });
    }
  }

  async #newHash(name: string, password: string): Promise<string> {
    await demandGoodPassword(password, name);
    return await this.#hashes.make(password);
  }

  #admins(): number {
    return this.#store.get<{ count: number }>(
      "SELECT count(*) AS count FROM users WHERE role = 'admin' AND disabled_at IS NULL",
    )!.count;
  }

  /** All of `work` or nothing, and nothing at all that would shut every admin out. */
  #write(entry: AuditEntry, work: () => void): void {
    this.#audit.write(entry, () => {
      const before = this.#admins();
      work();
      if (before > 0 && this.#admins() === 0) throw lastAdmin();
    });
    this.#revision++;
    for (const listener of this.#listeners) listener();
  }
}

/** For the audit log: the single VMs have records of their own. */
const toldOf = (access: Access) => ({ role: typeof access === "string" ? access : "single VMs" });

function lastAdmin(): GlassError {
  const says = "Nobody would be left who may change users: make another admin first.";
  return new GlassError("CONFLICT", says);
}

function taken(name: string): GlassError {
  return new GlassError("CONFLICT", `User "${name}" exists already.`);
}

function unknownUser(name: string): GlassError {
  return new GlassError("NOT_FOUND", `There is no user "${name}".`);
}
