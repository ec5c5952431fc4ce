import { buildWhenStale } from "@/tasks/demo/server.ts";
import { lock } from "@/tasks/setup/lock.ts";

/** Makes sure that the server has what browsers load. */
export async function built(): Promise<void> {
  using _alone = await lock(`${import.meta.dirname}/../../.cache/build.lock`);
  await buildWhenStale(() => {});
}
