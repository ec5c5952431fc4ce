import { STATUSES } from "../words.ts";
import * as z from "../zod.ts";
import { Sample } from "./metrics.ts";
import { textOrNull, time, uuid } from "./values.ts";

/** State of one VM. `uptime` counts seconds since the guest started; 0 while it does not run. */
export const StatusData = z.object({
  status: z.enum(STATUSES),
  lastStateChange: time,
  uptime: z.number().check(z.nonnegative()),
});
export type StatusData = z.infer<typeof StatusData>;

/** One virtual machine as the table shows it. `reason` is libvirt's, in words ("booted", "user"). */
export const VM = z.extend(StatusData, {
  /** Any 128 bits: libvirt does not ask for RFC 9562's versions. */
  uuid,
  name: z.string(),
  host: z.string(),
  reason: z.string(),
  persistent: z.boolean(),
  autostart: z.boolean(),
  vcpus: z.int(),
  memory: z.number(),
  console: z.boolean(),
  /** The definition's title, else the first line of its description; null without either. */
  note: textOrNull,
  /** IP addresses of the guest, as leases and the host's ARP table tell of them. */
  addresses: z.array(z.string()),
  sample: z.nullable(Sample),
});
export type VM = z.infer<typeof VM>;

/** What only the VM's own page shows. */
const detail = z.object({
  title: textOrNull,
  description: textOrNull,
  machine: textOrNull,
  interfaces: z.array(z.object({
    device: textOrNull,
    mac: textOrNull,
    source: textOrNull,
    model: textOrNull,
    addresses: z.array(z.string()),
  })),
  disks: z.array(z.object({ device: z.string(), bus: textOrNull, source: textOrNull })),
});

export const VMDetail = z.extend(VM, detail.shape);
export type VMDetail = z.infer<typeof VMDetail>;

/** One VM as sockets tell of it: with its detail to who follows this one alone. */
export const VMNews = z.extend(VM, z.partial(detail).shape);
export type VMNews = z.infer<typeof VMNews>;
