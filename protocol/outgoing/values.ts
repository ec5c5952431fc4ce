import * as z from "../zod.ts";

export const time = z.iso.datetime({ offset: true });

/** Any 128 bits: libvirt asks for no version, as `z.uuid` would. */
export const uuid = z.guid();

/** A text, or null where there is none. */
export const textOrNull = z.nullable(z.string());

/** A number, or null where the hypervisor does not report it. */
export const reported = z.nullable(z.number());

/** How many, or where in a row of bytes. */
export const count = z.int().check(z.nonnegative());

/** What goes with an event or a record of the audit log, by its name. */
export const detail = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

/** Numbers of events that are not remembered any more, both ends included. */
export const forgotten = z.optional(z.object({ from: z.int(), to: z.int() }));
