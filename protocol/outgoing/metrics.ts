import * as z from "../zod.ts";
import { reported, time } from "./values.ts";

/** CPU, memory, network and disk, with numbers of this kind. */
const groups = <Value extends z.ZodMiniType<number | null>>(value: Value) =>
  z.object({
    cpu: z.object({ utilization: value }),
    memory: z.object({ used: value, total: value }),
    network: z.object({ rxBytes: value, txBytes: value, rxPackets: value, txPackets: value }),
    disk: z.object({ readBytes: value, writeBytes: value, readOps: value, writeOps: value }),
  });

/**
 * What was measured. CPU in percent of all the VM's vCPUs together (0 to 100); memory in bytes; network and
 * disk are counters since the guest started, summed over its interfaces and disks.
 */
export const Measured = groups(reported);
export type Measured = z.infer<typeof Measured>;

/** The same in the `metrics` message, as the user's document has it: numbers alone. */
export const Metrics = groups(z.number());
export type Metrics = z.infer<typeof Metrics>;

/** What the counters did per second between the last two samples, in bytes per second. */
export const Rates = z.object({
  rxBytes: reported,
  txBytes: reported,
  readBytes: reported,
  writeBytes: reported,
});
export type Rates = z.infer<typeof Rates>;

/**
 * The devices of one VM, in bytes per second: NICs by their MAC and their name on the host, disks by
 * their target. `resident` is what QEMU holds of the host's memory for the guest, in bytes.
 */
export const SampleDevices = z.object({
  resident: reported,
  nics: z.array(
    z.object({ mac: z.string(), device: z.string(), rxBytes: reported, txBytes: reported }),
  ),
  disks: z.array(z.object({ device: z.string(), readBytes: reported, writeBytes: reported })),
});
export type SampleDevices = z.infer<typeof SampleDevices>;

/**
 * A sample with its time; `stale` when the VM did not answer and the last values are repeated.
 * `devices` comes to who follows this VM alone.
 */
export const Sample = z.object({
  time,
  metrics: Measured,
  rates: Rates,
  stale: z.boolean(),
  devices: z.optional(SampleDevices),
});
export type Sample = z.infer<typeof Sample>;
