import { action, keys, role } from "../values.ts";
import * as z from "../zod.ts";
import { requestId, requestIdOf } from "./request_id.ts";

const text = (least: number, most: number) =>
  z.string().check(z.minLength(least), z.maxLength(most));

export const Login = z.strictObject({
  username: text(1, 64),
  password: text(1, 1024),
  /** Of the user's authenticator app, or a recovery code; needed when a second factor is on. */
  code: z.optional(text(1, 64)),
});
export const Refresh = z.strictObject({ refreshToken: text(1, 256) });

/** For which socket a ticket is wanted: the path of its address. */
export const NewTicket = z.strictObject({ path: text(1, 2048) });

/** A command for a VM; without `requestId` one is made. */
export const NewCommand = z.strictObject({
  action,
  force: z.optional(z.boolean()),
  requestId: z.optional(requestId),
});

/**
 * The same command for several VMs, by their names or UUIDs. The request id of each is this one, or
 * one that is made, with the VM's UUID behind it.
 */
export const NewCommands = z.strictObject({
  action,
  force: z.optional(z.boolean()),
  requestId: z.optional(requestIdOf(64)),
  vms: z.array(text(1, 300)).check(z.minLength(1), z.maxLength(1000)),
});

/** Keys to press on a VM's keyboard. */
export const NewKeys = z.strictObject({ keys });

const password = z.string().check(z.maxLength(1024));
const newRole = z.optional(z.nullable(role));
/** `vm` is a name or a UUID. */
const newGrants = z.optional(
  z.array(z.strictObject({ vm: text(1, 300), role })).check(z.maxLength(1000)),
);

/** A user to be: with a role for all VMs, or with grants. */
export const NewAccount = z.strictObject({
  name: z.string().check(z.maxLength(64)),
  password,
  role: newRole,
  grants: newGrants,
});
export type NewAccount = z.infer<typeof NewAccount>;

/** What to change of a user; `grants` replaces all of them. */
export const AccountChange = z.strictObject({
  role: newRole,
  grants: newGrants,
  disabled: z.optional(z.boolean()),
  password: z.optional(password),
});
export type AccountChange = z.infer<typeof AccountChange>;
