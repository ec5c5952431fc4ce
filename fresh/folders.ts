import { loadRoute } from "./load_route.ts";
import type { LazyRoute, Manifest, RouteModule } from "./manifest.ts";
import type { PageTree } from "./render.ts";
import { layoutConfig, toComponent, toMiddlewares } from "./route_module.ts";
import type { LayoutSource, Middleware, RouteComponent, Wrapper } from "./types.ts";

/** A folder in routes/, with what its `_` files say about everything in it. */
export interface Folder<State> {
  /** `""` for routes/ itself, `"vms/"` for routes/vms. */
  path: string;
  middlewares: Middleware<State>[];
  layout: LayoutSource<State> | null;
  error: Wrapper<State> | null;
}

const special = /^(.*\/)?(_\w+)\.[jt]sx?$/;

/** Whether this file in routes/ says something about its folder, instead of being a route. */
export function isSpecial(path: string): boolean {
  return special.test(path);
}

/**
 * The app wrapper, and the folders that have `_` files, by path. Of those files only layouts may be
 * lazy.
 */
export function readFolders<State>(
  routes: Manifest["routes"],
): { app: RouteComponent<State> | null; folders: Map<string, Folder<State>> } {
  const folders = new Map<string, Folder<State>>();
  let app: RouteComponent<State> | null = null;
  const root = folderAt(folders, "");

  for (const [path, module] of Object.entries(routes)) {
    const [, parent = "", name] = special.exec(path) ?? [];
    if (!name) continue;
    const folder = parent === "" ? root : folderAt(folders, parent);
    if (name === "_layout") {
      folder.layout = layoutSource(path, module);
      continue;
    }
    if (typeof module === "function") throw new Error(`routes/${path} must not be lazy`);
    if (name === "_app" && folder === root) app = component(path, module);
    else if (name === "_error") folder.error = withConfig(path, module);
    else if (name === "_middleware") folder.middlewares = toMiddlewares(path, module);
    else throw new Error(`routes/${path}: ${name} has no meaning here`);
  }
  return { app, folders };
}

function folderAt<State>(folders: Map<string, Folder<State>>, path: string): Folder<State> {
  let folder = folders.get(path);
  if (!folder) {
    folder = { path, middlewares: [], layout: null, error: null };
    folders.set(path, folder);
  }
  return folder;
}

function component<State>(path: string, module: RouteModule): RouteComponent<State> {
  const found = "default" in module ? toComponent<State>(module.default) : null;
  if (!found) throw new Error(`routes/${path} must export a component as default`);
  return found;
}

function layoutSource<State>(
  path: string,
  module: RouteModule | LazyRoute,
): LayoutSource<State> {
  if (typeof module !== "function") {
    const layout = withConfig<State>(path, module);
    return () => layout;
  }
  let layout: Wrapper<State> | null = null;
  const load = async () => layout = withConfig<State>(path, await loadRoute(module));
  return () => layout ?? load();
}

function withConfig<State>(path: string, module: RouteModule): Wrapper<State> {
  return { component: component<State>(path, module), config: layoutConfig(module) };
}

/** The folders around a file or folder, from routes/ inwards. */
export function foldersAround<State>(
  folders: Map<string, Folder<State>>,
  path: string,
): Folder<State>[] {
  const names = path.split("/").slice(0, -1);
  const paths = names.map((_, depth) => `${names.slice(0, depth + 1).join("/")}/`);
  return ["", ...paths].flatMap((each) => folders.get(each) ?? []);
}

/** What these folders, from the outside in, put around a page. */
export function treeOf<State>(
  app: RouteComponent<State> | null,
  folders: Folder<State>[],
): PageTree<State> {
  return { app, layouts: folders.flatMap(({ layout }) => layout ?? []) };
}
