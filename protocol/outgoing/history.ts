import * as z from "../zod.ts";
import { reported, textOrNull } from "./values.ts";

/** One column of a history: a number for each of its times. */
const column = z.array(reported);
const network = { rxBytes: column, txBytes: column };
const disk = { readBytes: column, writeBytes: column };
const load = { cpu: column, memory: column };

/**
 * The metrics of a VM over time, in columns of equal length: `time` in Unix seconds, CPU in percent,
 * memory in bytes, the others in bytes per second. Points are means; `max` has the largest that each
 * is of, and is absent where a point is one sample. A point of nothing but null says that nothing was
 * measured from there on.
 */
export const MetricsHistory = z.object({
  step: z.number(),
  time: z.array(z.number()),
  ...load,
  resident: column,
  ...network,
  ...disk,
  max: z.optional(z.object({ ...load, resident: column })),
  nics: z.array(z.object({
    mac: z.string(),
    device: textOrNull,
    ...network,
    max: z.optional(z.object(network)),
  })),
  disks: z.array(z.object({ device: z.string(), ...disk, max: z.optional(z.object(disk)) })),
});
export type MetricsHistory = z.infer<typeof MetricsHistory>;

/** The same of the host, as far as it has them. */
export const HostHistory = z.object({
  step: z.number(),
  time: z.array(z.number()),
  ...load,
  max: z.optional(z.object(load)),
});
export type HostHistory = z.infer<typeof HostHistory>;
