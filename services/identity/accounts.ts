import type { Account, AccountChange, NamedGrant, NewAccount } from "@/protocol/mod.ts";
import { GlassError } from "@/services/errors.ts";
import type { VMs } from "@/services/vms/mod.ts";
import type { Actor } from "./actor.ts";
import { demand } from "./policy.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { Access, Users } from "./users.ts";

type Wanted = NonNullable<NewAccount["grants"]>;

/** Users as an admin works on them: VMs go by their names, and each call asks whether it may be. */
export class Accounts {
  readonly #users: Users;
  readonly #vms: VMs;
  readonly #sessions: Sessions;

  constructor(users: Users, vms: VMs, sessions: Sessions) {
    this.#users = users;
    this.#vms = vms;
    this.#sessions = sessions;
  }

  /** By name. @throws GlassError FORBIDDEN, as all of them do */
  list(session: Session): Account[] {
    demand(session, "users", null);
    return this.#users.list().map((account) => this.#named(account));
  }

  /** @throws GlassError NOT_FOUND */
  get(session: Session, name: string): Account {
    demand(session, "users", null);
    return this.#named(this.#users.account(name));
  }

  /** Without a role and grants it may sign in and sees nothing. @throws GlassError as `Users.add` */
  async add(session: Session, account: NewAccount, actor: Actor): Promise<Account> {
    demand(session, "users", null);
    const { name, password, role, grants } = account;
    const access = this.#access(session, { role, grants }, []) ?? [];
    await this.#users.add(name, access, password, actor, () => this.#demandStill(session));
    return this.#named(this.#users.account(name));
  }

  /** All of the change or nothing of it. @throws GlassError as `Users.change` */
  async change(
    session: Session,
    name: string,
    change: AccountChange,
    actor: Actor,
  ): Promise<Account> {
    demand(session, "users", null);
    const { grants: held, role: before } = this.#users.account(name);
    // Who has grants already keeps them when told to have no role.
    const same = change.role === null && change.grants === undefined && before === null;
    const access = same ? undefined : this.#access(session, change, held);
    const { disabled, password } = change;
    await this.#users.change(
      name,
      {
        ...(access === undefined ? {} : { access }),
        ...(disabled === undefined ? {} : { disabled }),
        ...(password === undefined ? {} : { password }),
      },
      actor,
      () => this.#demandStill(session),
    );
    return this.#named(this.#users.account(name));
  }

  /** Whether signing in takes a code as well. @throws GlassError NOT_FOUND */
  hasSecondFactor(session: Session, name: string): boolean {
    return this.#sessions.secondFactors.isOn(this.get(session, name).name);
  }

  /** For who has lost it: the password does alone then. @throws GlassError NOT_FOUND */
  resetSecondFactor(session: Session, name: string, actor: Actor): void {
    this.#sessions.secondFactors.turnOff(this.get(session, name).name, actor);
  }

  /** @throws GlassError as `Users.remove` */
  remove(session: Session, name: string, actor: Actor): void {
    demand(session, "users", null);
    this.#users.remove(name, actor);
  }

  #demandStill(session: Session): void {
    demand(this.#sessions.still(session), "users", null);
  }

  #access(
    session: Session,
    { role, grants }: Pick<AccountChange, "role" | "grants">,
    held: readonly NamedGrant[],
  ): Access | undefined {
    if (role !== undefined && role !== null) {
      if (grants === undefined || grants.length === 0) return role;
      throw new GlassError(
        "INVALID_MESSAGE",
        "A user has a role for all VMs or grants on single ones, not both: leave one of them out.",
      );
    }
    return grants === undefined && role === undefined
      ? undefined
      : (grants ?? []).map((grant) => this.#grant(session, grant, held));
  }

  /** A VM that is gone, or that libvirt cannot tell of now, may be named as it is granted already. */
  #grant(session: Session, { vm, role }: Wanted[number], held: readonly NamedGrant[]): NamedGrant {
    const known = held.find((grant) => grant.uuid === vm);
    if (known) return { ...known, role };
    const { uuid, name } = this.#vms.find(session, vm);
    return { uuid, vm: name, role };
  }

  #named(account: Account): Account {
    const grants = account.grants.map((grant) => ({
      ...grant,
      vm: this.#vms.record(grant.uuid)?.name ?? grant.vm,
    }));
    return { ...account, grants };
  }
}
