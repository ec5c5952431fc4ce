/** A file in routes/ as it is imported. */
export type RouteModule = object;

/** A file in routes/ with the islands that it draws, by their paths in islands/. */
export interface LoadedRoute {
  module: RouteModule;
  islands?: Record<string, object>;
}

/** Imports a file in routes/ when a request first needs it. */
export type LazyRoute = () => Promise<LoadedRoute>;

/** What tasks/manifest.ts finds in routes/; keys are paths in it. */
export interface Manifest {
  routes: Record<string, RouteModule | LazyRoute>;
  /** Islands of the routes that are not lazy, by their paths in islands/. */
  islands: Record<string, object>;
}
