import { POINTS, type Spark, sparkOf, STEP } from "@/components/spark.ts";
import type { VM } from "@/protocol/mod.ts";
import type { Services } from "@/services/mod.ts";

/** The last sample may be a minute old, and the first steps are filled by one of a minute later. */
const SPAN = { since: POINTS * STEP + 120, until: 0, step: STEP };

/** Those of one server that were drawn in this step: the page is asked for more often than they change. */
const drawn = new WeakMap<Services, { step: number; sparks: Map<string, Spark> }>();

/** The last minutes of these VMs, by UUID; of those that do not run there is nothing to tell. */
export function sparksOf(services: Services, vms: VM[], now: number): Record<string, Spark> {
  const step = Math.floor(now / 1000 / STEP);
  let known = drawn.get(services);
  if (known?.step !== step) drawn.set(services, known = { step, sparks: new Map() });
  const sparks: Record<string, Spark> = {};
  for (const { uuid, sample } of vms) {
    const record = services.vms.record(uuid);
    if (sample === null || !record) continue;
    let spark = known.sparks.get(uuid);
    if (!spark) {
      spark = sparkOf(services.monitor.history(record, SPAN));
      known.sparks.set(uuid, spark);
    }
    sparks[uuid] = spark;
  }
  return sparks;
}
