import type { HandlerByMethod, HandlerFn, Method } from "./handlers.ts";
import type { RouteModule } from "./manifest.ts";
import type { LayoutConfig, Middleware, RouteComponent } from "./types.ts";

/** A route file's exports, checked. */
export interface Route<State> {
  component: RouteComponent<State> | null;
  /** One function for every method, or one by method. */
  handlers: HandlerFn<unknown, State> | HandlerByMethod<unknown, State>;
  config: LayoutConfig;
  /** Value of the Allow header; null when a single function takes every method. */
  allow: string | null;
}

interface Exports {
  default?: unknown;
  handler?: unknown;
  handlers?: unknown;
  config?: LayoutConfig;
}

/** Throws when the file exports nothing that a route needs. */
export function toRoute<State>(path: string, module: RouteModule): Route<State> {
  const exports: Exports = module;
  const component = toComponent<State>(exports.default);
  const given = exports.handlers ?? exports.handler;
  const config = exports.config ?? {};
  if (typeof given === "function") {
    return { component, handlers: given as HandlerFn<unknown, State>, config, allow: null };
  }
  if (!component && (typeof given !== "object" || given === null)) {
    throw new Error(`routes/${path} exports neither a page (default) nor handlers`);
  }
  const handlers: HandlerByMethod<unknown, State> = { ...(given ?? {}) };
  // A page that only handles POST is still shown.
  if (component) handlers.GET ??= () => ({ data: undefined });
  return { component, handlers, config, allow: allowed(handlers) };
}

export function toComponent<State>(value: unknown): RouteComponent<State> | null {
  return typeof value === "function" ? value as RouteComponent<State> : null;
}

/** The middlewares of a `_middleware` file: one function or several. */
export function toMiddlewares<State>(path: string, module: RouteModule): Middleware<State>[] {
  const exports: Exports = module;
  const given = [exports.default ?? exports.handlers ?? exports.handler].flat();
  if (!given.every((value) => typeof value === "function")) {
    throw new Error(`routes/${path} must export a middleware, or an array of them, as default`);
  }
  return given as Middleware<State>[];
}

export function layoutConfig(module: RouteModule): LayoutConfig {
  const exports: Exports = module;
  return exports.config ?? {};
}

function allowed(handlers: object): string {
  const methods = Object.keys(handlers) as Method[];
  if (methods.includes("GET") && !methods.includes("HEAD")) methods.push("HEAD");
  return methods.sort().join(", ");
}
