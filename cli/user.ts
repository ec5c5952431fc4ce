import type { Account, NamedGrant, Role } from "@/protocol/mod.ts";
import { ROLES } from "@/protocol/words.ts";
import { loadConfig } from "@/services/config/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { SecondFactors } from "@/services/identity/second_factors.ts";
import { Store } from "@/services/store/mod.ts";
import { Users } from "@/services/identity/users.ts";
import { type Arguments, UsageError } from "./arguments.ts";
import { commandLineAudit } from "./audit_log.ts";
import { findVM } from "./find_vm.ts";
import { readPassword } from "./password.ts";

/** `virtglass user ...`: changes the store directly; a running server notices. */
export async function user({ flags, positionals }: Arguments): Promise<void> {
  const [action, name = "", second = "", third = ""] = positionals;
  const role = readRole("--role", flags.role ?? "viewer");
  const config = await loadConfig(settings(flags));
  using store = new Store(config.dataDir);
  using audit = await commandLineAudit(store, config);
  const users = new Users(store, audit);
  switch (action) {
    case "add":
      await users.add(name, role, await readPassword(flags), COMMAND_LINE);
      return console.log(`User "${name}" (${role}) added.`);
    case "passwd":
      await users.changePassword(name, await readPassword(flags), COMMAND_LINE);
      return console.log(`Password of "${name}" changed; its sessions have ended.`);
    case "remove":
      users.remove(name, COMMAND_LINE);
      return console.log(`User "${name}" removed.`);
    case "role": {
      const access = readRole("ROLE", second);
      await users.change(name, { access }, COMMAND_LINE);
      return console.log(`User "${name}" is ${access} on all VMs.`);
    }
    case "grant": {
      const { grants } = users.account(name);
      const grant = { ...await findVM(config.connect, second), role: readRole("ROLE", third) };
      const others = grants.filter(({ uuid }) => uuid !== grant.uuid);
      await users.change(name, { access: [...others, grant] }, COMMAND_LINE);
      return console.log(
        `User "${name}" is ${grant.role} on VM "${grant.vm}", of single VMs alone.`,
      );
    }
    case "revoke": {
      const { role, grants } = users.account(name);
      const gone = demandGrant(name, role, grants, second);
      await users.change(name, { access: grants.filter((grant) => grant !== gone) }, COMMAND_LINE);
      return console.log(`User "${name}" may do nothing on VM "${gone.vm}" any more.`);
    }
    case "disable":
      await users.change(name, { disabled: true }, COMMAND_LINE);
      return console.log(`User "${name}" is disabled; its sessions have ended.`);
    case "enable":
      await users.change(name, { disabled: false }, COMMAND_LINE);
      return console.log(`User "${name}" may sign in again.`);
    case "reset-2fa":
      // So that an unknown user is told from one without a second factor.
      users.account(name);
      return console.log(
        new SecondFactors(store, audit).turnOff(name, COMMAND_LINE)
          ? `The second factor of "${name}" is off; it signs in by password alone.`
          : `User "${name}" has no second factor.`,
      );
    case "list":
      for (const account of users.list()) console.log(line(account));
  }
}

function readRole(where: string, text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role) return role;
  throw new UsageError(`${where} is admin, operator or viewer, not "${text}".`);
}

/** Those of the flags that are settings, too. */
function settings(flags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    ["data-dir", "connect", "config"].flatMap((flag) => {
      const value = flags[flag];
      return value === undefined ? [] : [[flag, value]];
    }),
  );
}

function demandGrant(
  name: string,
  role: Role | null,
  grants: readonly NamedGrant[],
  text: string,
): NamedGrant {
  const grant = grants.find(({ uuid, vm }) => uuid === text.toLowerCase() || vm === text);
  if (grant) return grant;
  throw new GlassError(
    "NOT_FOUND",
    role === null
      ? `User "${name}" has no grant on VM "${text}".`
      : `User "${name}" is ${role} on all VMs, "${text}" included: there is no grant to revoke.`,
  );
}

function line({ name, role, grants, disabled, createdAt }: Account): string {
  const since = `since ${createdAt.slice(0, 10)}${disabled ? ", disabled" : ""}`;
  const granted = grants.map(({ vm, role }) => `${role} on "${vm}"`).join(", ");
  const all = `${name.padEnd(24)} ${(role ?? "-").padEnd(9)} ${since}`;
  return granted === "" ? all : `${all}: ${granted}`;
}
