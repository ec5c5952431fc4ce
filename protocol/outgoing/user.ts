import { role } from "../values.ts";
import * as z from "../zod.ts";
import { time, uuid } from "./values.ts";

/** A role on one VM, whatever that is called. */
export const Grant = z.object({ uuid, role });
export type Grant = z.infer<typeof Grant>;

/**
 * Somebody who may sign in. `role` holds for all VMs; it is null for who is granted single VMs, and
 * those alone have `grants`.
 */
export const User = z.object({
  name: z.string(),
  role: z.nullable(role),
  grants: z.optional(z.array(Grant)),
});
export type User = z.infer<typeof User>;

/** A grant as an admin sees it: `vm` is the VM's name, or the last one known when it is gone. */
export const NamedGrant = z.extend(Grant, { vm: z.string() });
export type NamedGrant = z.infer<typeof NamedGrant>;

/** A user as an admin sees it. */
export const Account = z.object({
  name: z.string(),
  role: z.nullable(role),
  grants: z.array(NamedGrant),
  disabled: z.boolean(),
  createdAt: time,
  /** Of the last sign-in. */
  signedInAt: z.nullable(time),
});
export type Account = z.infer<typeof Account>;
