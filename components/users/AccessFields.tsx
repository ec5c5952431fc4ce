import type { NamedGrant, Role } from "@/protocol/mod.ts";
import { users } from "@/texts/mod.ts";

/** A VM that can be granted; `gone` when libvirt has none of this UUID any more. */
export interface Grantable {
  uuid: string;
  name: string;
  gone: boolean;
}

interface Props {
  role: Role | null;
  grants: readonly Pick<NamedGrant, "uuid" | "role">[];
  vms: readonly Grantable[];
}

const ROLES: Role[] = ["viewer", "operator", "admin"];

/**
 * The fields of a form that say what somebody may do: `access` is a role for all VMs, or "vms" with
 * `vm:UUID` for each. Which part counts follows from `access` alone, so it needs no script.
 */
export function AccessFields({ role, grants, vms }: Props) {
  return (
    <div class="access">
      <fieldset class="choices">
        <legend>{users.onAll}</legend>
        {ROLES.map((name) => (
          <Choice key={name} value={name} checked={role === name} words={users.roles[name]} />
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>{users.onSingle}</legend>
        <Choice
          value="vms"
          checked={role === null}
          words={users.chosenHere}
          label={users.singleVMs}
        />
        <GrantList grants={grants} vms={vms} />
      </fieldset>
    </div>
  );
}

interface ChoiceProps {
  value: string;
  checked: boolean;
  words: string;
  label?: string;
}

function Choice({ value, checked, words, label = value }: ChoiceProps) {
  return (
    <label class="choice">
      <input type="radio" name="access" value={value} checked={checked} required />
      <span>
        <strong>{label}</strong> <span class="soft">{words}</span>
      </span>
    </label>
  );
}

function GrantList({ grants, vms }: Pick<Props, "grants" | "vms">) {
  if (vms.length === 0) return <p class="soft grant-list">{users.noVMs}</p>;
  return (
    <ul class="grant-list">
      {vms.map(({ uuid, name, gone }) => {
        const chosen = grants.find((grant) => grant.uuid === uuid)?.role ?? "";
        return (
          <li key={uuid}>
            <label for={`vm:${uuid}`}>
              {name} {gone ? <span class="soft">{users.isGone}</span> : null}
            </label>
            <select id={`vm:${uuid}`} name={`vm:${uuid}`}>
              {["", ...ROLES].map((role) => (
                <option key={role} value={role} selected={role === chosen}>
                  {role === "" ? users.nothing : role}
                </option>
              ))}
            </select>
          </li>
        );
      })}
    </ul>
  );
}
