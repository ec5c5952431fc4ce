import type { Grant, NamedGrant } from "@/protocol/mod.ts";
import { GlassError } from "@/services/errors.ts";
import type { Store } from "@/services/store/mod.ts";

/** Which roles users have on single VMs. A VM is its UUID; its name is kept for people alone. */
export class Grants {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  of(user: string): Grant[] {
    return this.named(user).map(({ uuid, role }) => ({ uuid, role }));
  }

  /** By the names that the VMs had when they were granted. */
  named(user: string): NamedGrant[] {
    return this.#store.all<NamedGrant>(
      "SELECT vm_uuid AS uuid, vm_name AS vm, role FROM grants WHERE user = ? ORDER BY vm_name, vm_uuid",
      user,
    ).map(({ uuid, vm, role }) => ({ uuid, vm, role }));
  }

  /** @throws GlassError INVALID_MESSAGE when a VM is named twice */
  replace(user: string, grants: readonly NamedGrant[]): void {
    this.#store.run("DELETE FROM grants WHERE user = ?", user);
    for (const { uuid, vm, role } of grants) {
      const added = this.#store.run(
        `INSERT INTO grants (user, vm_uuid, vm_name, role) VALUES (?, ?, ?, ?)
         ON CONFLICT (user, vm_uuid) DO NOTHING`,
        user,
        uuid,
        vm,
        role,
      );
      if (added === 0) {
        throw new GlassError("INVALID_MESSAGE", `VM "${vm}" is granted twice; a VM has one role.`);
      }
    }
  }
}
