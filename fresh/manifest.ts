/** A file in routes/ as it is imported. */
export type RouteModule = object;

/** What tasks/manifest.ts finds in routes/ and islands/; keys are paths in those folders. */
export interface Manifest {
  /** A function imports the module when a request first needs it. */
  routes: Record<string, RouteModule | (() => Promise<RouteModule>)>;
  islands: Record<string, object>;
}
