import type { Keys } from "@/protocol/mod.ts";
import type { Audit, AuditEntry } from "@/services/audit/mod.ts";
import { GlassError } from "./errors.ts";
import type { Hypervisor } from "./hypervisor.ts";
import { APITokens } from "@/services/identity/api_tokens.ts";
import { demand } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Limits } from "./limits/mod.ts";
import { isActive, type VMs } from "./vms/mod.ts";

/** KEY_* of Linux' input-event-codes.h. */
const CODES = {
  ctrl: 29,
  alt: 56,
  delete: 111,
  sysrq: 99,
  h: 35,
  s: 31,
  u: 22,
  w: 17,
  m: 50,
  e: 18,
  b: 48,
} as const;
type Key = keyof typeof CODES;

/** Codes of the keys that are pressed together; those of Magic SysRq with Alt. */
export function codesOf(keys: Keys): number[] {
  const names = keys.split("-") as Key[];
  return (names[0] === "sysrq" ? ["alt" as const, ...names] : names).map((name) => CODES[name]);
}

/**
 * The keyboards of the VMs, for keys that no serial line has: they reach a guest that listens to nothing
 * else, if it has a driver for its keyboard.
 */
export class Keyboards {
  readonly #hypervisor: Hypervisor;
  readonly #vms: VMs;
  readonly #limits: Limits;
  readonly #audit: Audit;

  constructor(hypervisor: Hypervisor, vms: VMs, limits: Limits, audit: Audit) {
    this.#hypervisor = hypervisor;
    this.#vms = vms;
    this.#limits = limits;
    this.#audit = audit;
  }

  /**
   * Presses them; what comes of it is the guest's affair. Counts as a command.
   *
   * @throws GlassError VM_NOT_FOUND, FORBIDDEN, VM_NOT_RUNNING, RATE_LIMITED, LIBVIRT_UNAVAILABLE,
   *   LIBVIRT_ERROR, TIMEOUT or AUDIT_UNAVAILABLE
   */
  async press(session: Session, address: string, vm: string, keys: Keys): Promise<void> {
    const record = this.#vms.find(session, vm);
    const { name, uuid } = record;
    const entry: AuditEntry = {
      kind: "console.keys",
      actor: { user: session.user.name, address },
      vm: { uuid, name },
      result: "ok",
      detail: { keys, ...APITokens.told(session) },
    };
    this.#audit.attempt(entry, () => {
      demand(session, "console.write", record, name);
      if (!isActive(record.state.status)) {
        throw new GlassError("VM_NOT_RUNNING", `VM "${name}" is not running.`);
      }
      this.#limits.command(session.user.name);
    });
    this.#audit.write(entry);
    try {
      await this.#hypervisor.command(async (connection) => {
        using domain = await connection.domainByUUID(uuid);
        await domain.sendKeys(codesOf(keys));
      });
    } catch (error) {
      throw this.#audit.wentWrong(entry, error);
    }
  }
}
