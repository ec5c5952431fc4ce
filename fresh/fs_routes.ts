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

/** An address with what is behind it, put together when it is first asked for. */
export interface Compiled<State> {
  pattern: RoutePattern;
  entry: () => Entry<State>;
  /** Answers 404 for what no route of the folder has. */
  fallback: boolean;
}

/** All that runs when an address is asked for. */
export interface Entry<State> {
  chain: Middleware<State>[];
  tree: PageTree<State>;
  /** Value of the Allow header, once the route is loaded. */
  allow: () => string | null;
}

/** What stands around everything in a folder. */
interface Surroundings<State> {
  tree: PageTree<State>;
  /** Error pages and middlewares, from the outside in. */
  chain: Middleware<State>[];
}

/** The routes of a manifest, each with its chain of middlewares. */
export function compileRoutes<State>(routes: Manifest["routes"]): Compiled<State>[] {
  const { app, folders } = readFolders<State>(routes);
  const known = new Map<string, Surroundings<State>>();
  const around = (path: string): Surroundings<State> => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    let found = known.get(folder);
    if (!found) known.set(folder, found = surroundings(app, foldersAround(folders, folder)));
    return found;
  };
  const compiled = Object.entries(routes)
    .filter(([path]) => !isSpecial(path) && !isPrivate(path))
    .map(([path, module]) => compileRoute(path, module, () => around(path)));
  rejectDuplicates(compiled);

  const fallbacks = [...folders.keys()]
    .filter((path) => !path.split("/").some(isGroup))
    .map((path) => compileFallback(path, () => around(path)));
  return [...compiled, ...fallbacks];
}

function compileRoute<State>(
  path: string,
  module: Manifest["routes"][string],
  around: () => Surroundings<State>,
): Compiled<State> {
  let route: Route<State> | null = null;
  // Not lazy: a mistake in the file ends the start, not the first request.
  if (typeof module !== "function") route = toRoute(path, module);
  const load = async () => route = toRoute<State>(path, await loadRoute(module));
  const entry = () => {
    const { tree, chain } = around();
    const last: Middleware<State> = async (ctx) => answer(ctx, route ?? await load(), tree);
    return { chain: [...chain, last], tree, allow: () => route?.allow ?? null };
  };
  return { pattern: patternOf(path), entry, fallback: false };
}

function compileFallback<State>(path: string, around: () => Surroundings<State>): Compiled<State> {
  const missing = () => Promise.reject(new HttpError(404));
  const entry = () => {
    const { tree, chain } = around();
    return { chain: [...chain, missing], tree, allow: () => null };
  };
  return { pattern: patternOf(`${path}[...rest].ts`), entry, fallback: true };
}

function surroundings<State>(
  app: RouteComponent<State> | null,
  folders: Folder<State>[],
): Surroundings<State> {
  const chain = folders.flatMap(({ error, middlewares }, depth) => [
    ...(error ? [errorBoundary(error, treeOf(app, folders.slice(0, depth + 1)))] : []),
    ...middlewares,
  ]);
  return { tree: treeOf(app, folders), chain };
}

function rejectDuplicates<State>(compiled: Compiled<State>[]): void {
  const seen = new Set<string>();
  for (const { pattern: { pattern } } of compiled) {
    if (seen.has(pattern)) throw new Error(`Two files in routes/ answer ${pattern}`);
    seen.add(pattern);
  }
}
