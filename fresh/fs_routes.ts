import { answer } from "./answer.ts";
import { errorBoundary } from "./error_page.ts";
import { type Folder, foldersAround, isSpecial, readFolders, treeOf } from "./folders.ts";
import { HttpError } from "./http_error.ts";
import { loadRoute } from "./load_route.ts";
import type { Manifest } from "./manifest.ts";
import type { PageTree } from "./render.ts";
import { isGroup, isPrivate, patternOf, type RoutePattern } from "./patterns.ts";
import { type Route, toRoute } from "./route_module.ts";
import type { Middleware, RouteComponent } from "./types.ts";

/** An address with all that runs when it is asked for. */
export interface Compiled<State> {
  pattern: RoutePattern;
  chain: Middleware<State>[];
  tree: PageTree<State>;
  /** Value of the Allow header, once the route is loaded. */
  allow: () => string | null;
  /** Answers 404 for what no route of the folder has. */
  fallback: boolean;
}

/** The routes of a manifest, each with its chain of middlewares put together beforehand. */
export function compileRoutes<State>(routes: Manifest["routes"]): Compiled<State>[] {
  const { app, folders } = readFolders<State>(routes);
  const compiled = Object.entries(routes)
    .filter(([path]) => !isSpecial(path) && !isPrivate(path))
    .map(([path, module]) => compileRoute(path, module, app, foldersAround(folders, path)));
  rejectDuplicates(compiled);

  const fallbacks = [...folders.keys()]
    .filter((path) => !path.split("/").some(isGroup))
    .map((path) => compileFallback(path, app, foldersAround(folders, path)));
  return [...compiled, ...fallbacks];
}

function compileRoute<State>(
  path: string,
  module: Manifest["routes"][string],
  app: RouteComponent<State> | null,
  folders: Folder<State>[],
): Compiled<State> {
  const tree = treeOf(app, folders);
  let route: Route<State> | null = null;
  // Not lazy: a mistake in the file ends the start, not the first request.
  if (typeof module !== "function") route = toRoute(path, module);
  const load = async () => route = toRoute<State>(path, await loadRoute(module));
  const last: Middleware<State> = async (ctx) => answer(ctx, route ?? await load(), tree);
  return {
    pattern: patternOf(path),
    chain: [...around(app, folders), last],
    tree,
    allow: () => route?.allow ?? null,
    fallback: false,
  };
}

function compileFallback<State>(
  path: string,
  app: RouteComponent<State> | null,
  folders: Folder<State>[],
): Compiled<State> {
  return {
    pattern: patternOf(`${path}[...rest].ts`),
    chain: [...around(app, folders), () => Promise.reject(new HttpError(404))],
    tree: treeOf(app, folders),
    allow: () => null,
    fallback: true,
  };
}

/** Error pages and middlewares of the folders, from the outside in. */
function around<State>(
  app: RouteComponent<State> | null,
  folders: Folder<State>[],
): Middleware<State>[] {
  return folders.flatMap(({ error, middlewares }, depth) => [
    ...(error ? [errorBoundary(error, treeOf(app, folders.slice(0, depth + 1)))] : []),
    ...middlewares,
  ]);
}

function rejectDuplicates<State>(compiled: Compiled<State>[]): void {
  const seen = new Set<string>();
  for (const { pattern: { pattern } } of compiled) {
    if (seen.has(pattern)) throw new Error(`Two files in routes/ answer ${pattern}`);
    seen.add(pattern);
  }
}
