import { answer } from "./answer.ts";
import { runChain } from "./chain.ts";
import { Context, setTree } from "./context.ts";
import { plainError, reportUnhandled } from "./error_page.ts";
import { type Compiled, compileRoutes, type Entry } from "./fs_routes.ts";
import type { HandlerFn, Method } from "./handlers.ts";
import { HttpError } from "./http_error.ts";
import { registerIslands } from "./islands.ts";
import type { Manifest } from "./manifest.ts";
import { parsePattern } from "./patterns.ts";
import { toRoute } from "./route_module.ts";
import { Router } from "./router.ts";
import type { FreshConfig, Middleware } from "./types.ts";

export type Handler = (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

/** What is behind an address; the pattern is null where no route has it. */
type Found<State> = Entry<State> & { pattern: string | null };

/** Middlewares and routes, in the order they were added, as one function from request to response. */
export class App<State> {
  readonly config: FreshConfig;
  #middlewares: Middleware<State>[] = [];
  #router = new Router<() => Found<State>>();
  /** The fallback of routes/ itself. */
  #outermost: (() => Found<State>) | null = null;
  #methods = new Map<string, Record<string, HandlerFn<unknown, State>>>();

  constructor(config: FreshConfig = {}) {
    this.config = config;
  }

  /** For all routes added after it, and for what no route answers. */
  use(...middlewares: Middleware<State>[]): this {
    this.#middlewares.push(...middlewares);
    return this;
  }

  get(path: string, handler: Middleware<State>): this {
    return this.#route("GET", path, handler);
  }
  post(path: string, handler: Middleware<State>): this {
    return this.#route("POST", path, handler);
  }
  put(path: string, handler: Middleware<State>): this {
    return this.#route("PUT", path, handler);
  }
  patch(path: string, handler: Middleware<State>): this {
    return this.#route("PATCH", path, handler);
  }
  delete(path: string, handler: Middleware<State>): this {
    return this.#route("DELETE", path, handler);
  }
  head(path: string, handler: Middleware<State>): this {
    return this.#route("HEAD", path, handler);
  }

  #route(method: Method, path: string, handler: Middleware<State>): this {
    const known = this.#methods.get(path);
    if (known) {
      known[method] = handler;
      return this;
    }
    const handlers = { [method]: handler };
    this.#methods.set(path, handlers);
    const route = () => toRoute<State>(path, { handlers });
    const tree = { app: null, layouts: [] };
    const chain: Middleware<State>[] = [(ctx) => answer(ctx, route(), tree)];
    this.#add({
      pattern: parsePattern(path),
      entry: () => ({ chain, tree, allow: () => route().allow }),
      fallback: false,
    });
    return this;
  }

  /** The files of routes/, and the islands they may use; see tasks/manifest.ts. */
  fsRoutes(manifest: Manifest): this {
    registerIslands(manifest.islands);
    for (const compiled of compileRoutes<State>(manifest.routes)) this.#add(compiled);
    return this;
  }

  #add({ pattern, fallback, entry }: Compiled<State>): void {
    const before = [...this.#middlewares];
    let found: Found<State> | null = null;
    const find = () => {
      if (found) return found;
      const { chain, ...rest } = entry();
      const shown = fallback ? null : pattern.pattern;
      return found = { ...rest, chain: [...before, ...chain], pattern: shown };
    };
    if (fallback && pattern.pattern === "/:rest*") this.#outermost = find;
    this.#router.add(pattern, find, { fallback });
  }

  /** An entry that ends in this error, within what surrounds all routes. */
  #failing(status: number): Found<State> {
    const end = () => Promise.reject(new HttpError(status));
    const outermost = this.#outermost?.();
    if (outermost) return { ...outermost, chain: [...outermost.chain.slice(0, -1), end] };
    const tree = { app: null, layouts: [] };
    return { pattern: null, chain: [...this.#middlewares, end], tree, allow: () => null };
  }

  #find(path: string): { entry: Found<State>; params: Record<string, string> } {
    try {
      const match = this.#router.match(path);
      if (match) return { entry: match.item(), params: match.params };
      return { entry: this.#failing(404), params: {} };
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      return { entry: this.#failing(400), params: {} };
    }
  }

  /** For `Deno.serve`, and for tests, which need no server. */
  handler(): Handler {
    return async (request, info = noInfo) => {
      const url = new URL(request.url);
      const { entry, params } = this.#find(url.pathname);
      const ctx = new Context<State>(request, url, info, entry.pattern, params, this.config);
      setTree(ctx, entry.tree);
      try {
        return finish(await runChain(ctx, entry.chain), request, entry);
      } catch (error) {
        reportUnhandled(ctx, error);
        return finish(plainError(error), request, entry);
      }
    };
  }
}

/** Adds what HTTP asks of every answer: Allow beside 405, and no body for HEAD. */
function finish<State>(response: Response, request: Request, entry: Entry<State>): Response {
  const allow = response.status === 405 && !response.headers.has("allow") && entry.allow();
  if (allow) {
    response = new Response(response.body, response);
    response.headers.set("allow", allow);
  }
  return request.method === "HEAD" && response.body ? new Response(null, response) : response;
}

const noInfo: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 0 },
  completed: Promise.resolve(),
};
