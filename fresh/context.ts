import type { FunctionComponent, VNode } from "preact";
import { HttpError } from "./http_error.ts";
import { type PageTree, renderPage } from "./render.ts";
import type { FreshConfig, LayoutConfig } from "./types.ts";
import { upgrade, type WebSocketHandlers, type WebSocketUpgradeOptions } from "./upgrade.ts";

/** Says what `ctx.render` puts around a page. Not a method: routes have no business with it. */
export let setTree: <State>(ctx: Context<State>, tree: PageTree<State>) => void;

/** What every middleware, handler and page of one request shares. */
export class Context<State> {
  readonly config: FreshConfig;
  /** The request's address, parsed. */
  readonly url: URL;
  req: Request;
  /** Pattern of the matched route, e.g. `/vms/:name`; null when none matched. */
  readonly route: string | null;
  /** Parameters of the route, percent-decoded once. */
  readonly params: Record<string, string>;
  readonly state = {} as State;
  data: unknown = undefined;
  /** What was thrown, on an error page. */
  error: unknown = null;
  readonly info: Deno.ServeHandlerInfo;
  readonly isPartial: boolean = false;
  /** The answer of what follows in the chain: the next middleware, then the route. */
  next: () => Promise<Response>;
  Component!: FunctionComponent;

  /** The wrapper and layouts around the page; set by the route that is being answered. */
  #tree: PageTree<State> = { app: null, layouts: [] };

  constructor(
    req: Request,
    url: URL,
    info: Deno.ServeHandlerInfo,
    route: string | null,
    params: Record<string, string>,
    config: FreshConfig,
  ) {
    this.req = req;
    this.url = url;
    this.info = info;
    this.route = route;
    this.params = params;
    this.config = config;
    this.next = () => Promise.reject(new HttpError(404));
  }

  static {
    setTree = (ctx, tree) => {
      ctx.#tree = tree;
    };
  }

  /**
   * Sends the browser elsewhere. A path stays on this host: `//evil.example` and `/\evil.example`,
   * which browsers read as another host, lose their extra slashes.
   */
  redirect(pathOrUrl: string, status = 302): Response {
    const location = pathOrUrl.startsWith("/")
      ? pathOrUrl.replace(/^[/\\\t\r\n]+/, "/")
      : pathOrUrl;
    return new Response(null, { status, headers: { location } });
  }

  /** An HTML page of this vnode within the route's layouts and app wrapper. */
  render<Props>(
    vnode: VNode<Props> | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    const tree = {
      app: config.skipAppWrapper ? null : this.#tree.app,
      layouts: config.skipInheritedLayouts ? [] : this.#tree.layouts,
    };
    return renderPage(this, vnode, tree, init);
  }

  text(content: string, init?: ResponseInit): Response {
    return new Response(content, init);
  }

  html(content: string, init?: ResponseInit): Response {
    const headers = new Headers(init?.headers);
    headers.set("content-type", "text/html; charset=utf-8");
    return new Response(content, { ...init, headers });
  }

  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /** A response that is sent while it is produced; strings are sent as UTF-8. */
  stream<Chunk extends string | Uint8Array>(
    source: Iterable<Chunk> | AsyncIterable<Chunk> | (() => Iterable<Chunk> | AsyncIterable<Chunk>),
    init?: ResponseInit,
  ): Response {
    const encoder = new TextEncoder();
    const chunks = typeof source === "function" ? source() : source;
    const body = ReadableStream.from<Chunk>(chunks).pipeThrough(
      new TransformStream<Chunk, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          controller.enqueue(
            typeof chunk === "string" ? encoder.encode(chunk) : new Uint8Array(chunk),
          );
        },
      }),
    );
    return new Response(body, init);
  }

  /** Turns the request into a WebSocket; 400 when it does not ask for one. */
  upgrade(options?: WebSocketUpgradeOptions): { socket: WebSocket; response: Response };
  upgrade(handlers: WebSocketHandlers, options?: WebSocketUpgradeOptions): Response;
  upgrade(
    first?: WebSocketHandlers | WebSocketUpgradeOptions,
    second?: WebSocketUpgradeOptions,
  ): Response | { socket: WebSocket; response: Response } {
    return upgrade(this.req, first, second);
  }
}

export type FreshContext<State = unknown> = Context<State>;
