import { buildWhenStale } from "@/tasks/build/build_when_stale.ts";
import { lock } from "@/cli/lock.ts";

/** Makes sure that the server has what browsers load. */
export async function built(): Promise<void> {
  using _alone = await lock(`${import.meta.dirname}/../../.cache/build.lock`);
  await buildWhenStale(() => {});
}
