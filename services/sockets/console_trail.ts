import { type Audit, type AuditEntry, sameness } from "@/services/audit/mod.ts";
import type { GlassError } from "../errors.ts";
import { APITokens } from "@/services/identity/api_tokens.ts";
import type { Limits } from "../limits/mod.ts";
import { demand, may } from "@/services/identity/policy.ts";
import type { VMRecord } from "../vms/mod.ts";
import type { ClientSocket } from "./socket.ts";
import { isTerminalReport } from "./terminal_report.ts";

/** Who is at the console, as of now. */
type Person = Pick<ClientSocket, "session" | "address">;

/** What one socket at a console leaves in the audit log. */
export class ConsoleTrail {
  readonly #audit: Audit;
  readonly #limits: Pick<Limits, "command">;
  readonly #socket: Person;
  readonly #record: Pick<VMRecord, "uuid" | "name">;
  readonly #begin = performance.now();
  /** Stays the same for as long as the socket is there. */
  readonly #typing: string;

  constructor(
    audit: Audit,
    limits: Pick<Limits, "command">,
    socket: Person,
    record: Pick<VMRecord, "uuid" | "name">,
  ) {
    this.#audit = audit;
    this.#limits = limits;
    this.#socket = socket;
    this.#record = record;
    this.#typing = sameness(this.#entry("console.input"));
    this.#audit.note(this.#entry("console.attach"));
  }

  /**
   * Records that somebody types, not what. A terminal that answers the guest by itself may do so by the
   * same right, but nobody has done anything.
   *
   * @throws GlassError FORBIDDEN, or AUDIT_UNAVAILABLE
   */
  type(bytes: Uint8Array): void {
    if (isTerminalReport(bytes)) return this.#demandWrite();
    // Somebody waits for the echo of each key.
    if (this.#audit.isRecent(this.#typing) && this.#mayWrite) return;
    const entry = this.#entry("console.input");
    this.#audit.attempt(entry, () => this.#demandWrite());
    this.#audit.writeOnce(entry);
  }

  /**
   * Records the takeover, then begins it. It counts as a command: each is put on the disk.
   *
   * @param begin is given what to call when it fails
   * @throws GlassError FORBIDDEN, RATE_LIMITED, or AUDIT_UNAVAILABLE
   */
  takeOver(begin: (failed: (refusal: GlassError) => void) => void): void {
    const entry = this.#entry("console.takeover");
    this.#audit.attempt(entry, () => this.#demandWrite());
    this.#audit.attempt(entry, () => this.#limits.command(this.#socket.session.user.name));
    this.#audit.write(entry);
    begin((refusal) => void this.#audit.wentWrong(entry, refusal));
  }

  leave(): void {
    const duration = (performance.now() - this.#begin) / 1000;
    this.#audit.note({ ...this.#entry("console.detach"), duration });
  }

  #entry(kind: AuditEntry["kind"]): AuditEntry {
    const { session, address } = this.#socket;
    const { uuid, name } = this.#record;
    return {
      kind,
      actor: { user: session.user.name, address },
      vm: { uuid, name },
      result: "ok",
      detail: APITokens.told(session),
    };
  }

  get #mayWrite(): boolean {
    return may(this.#socket.session, "console.write", this.#record);
  }

  #demandWrite(): void {
    const record = this.#record;
    demand(this.#socket.session, "console.write", record, record.name);
  }
}
