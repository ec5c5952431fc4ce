import { registerIslands } from "./islands.ts";
import type { LazyRoute, RouteModule } from "./manifest.ts";

/** Imports the file, and has its islands known before anything of it is drawn. */
export async function loadRoute(lazy: LazyRoute): Promise<RouteModule> {
  const { module, islands } = await lazy();
  if (islands) registerIslands(islands);
  return module;
}
