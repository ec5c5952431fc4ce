import * as z from "../zod.ts";
import { count, reported, textOrNull, time } from "./values.ts";

/** Whether libvirt answers; `message` says what is wrong and what to do while it does not. */
export const Connectivity = z.object({
  connected: z.boolean(),
  since: time,
  message: textOrNull,
});
export type Connectivity = z.infer<typeof Connectivity>;

/** The host. `cpu`, `memory` and `storage` are null for who may not see all VMs. */
export const Host = z.object({
  name: z.string(),
  uri: z.string(),
  libvirt: Connectivity,
  cpu: z.nullable(z.object({
    model: z.string(),
    count: z.int(),
    mhz: z.number(),
    utilization: reported,
  })),
  /** Null where the host is another machine, or does not tell. */
  bootedAt: z.nullable(time),
  memory: z.nullable(z.object({ used: reported, total: z.number() })),
  /** The fullest file system of a pool; `pools`: how many there are. Null where none is known. */
  storage: z.nullable(
    z.object({ pool: z.string(), pools: count, used: z.number(), total: z.number() }),
  ),
  versions: z.object({
    virtglass: z.string(),
    libvirt: textOrNull,
    hypervisor: textOrNull,
  }),
});
export type Host = z.infer<typeof Host>;
