import { registerIslands } from "./islands.ts";
import type { LazyRoute, RouteModule } from "./manifest.ts";

/** The file, imported where it is lazy; its islands are then known before anything of it is drawn. */
export async function loadRoute(route: RouteModule | LazyRoute): Promise<RouteModule> {
  if (typeof route !== "function") return route;
  const { module, islands } = await (route as LazyRoute)();
  if (islands) registerIslands(islands);
  return module;
}
