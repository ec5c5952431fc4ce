/**
 * The part of Fresh 2's public API that routes and islands use, under its own names, so that they
 * would run on Fresh itself. docs/ARCHITECTURE.md says why it is here.
 */
export { App, type Handler } from "./app.ts";
export { Context, type FreshContext } from "./context.ts";
export { createDefine, type Define } from "./define.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Method,
  page,
  type PageResponse,
  type RouteData,
  type RouteHandler,
} from "./handlers.ts";
export { HttpError } from "./http_error.ts";
export type { Manifest } from "./manifest.ts";
export { staticFiles } from "./static_files.ts";
export type { FreshConfig, LayoutConfig, Middleware, PageProps, RouteConfig } from "./types.ts";
export type { WebSocketHandlers, WebSocketUpgradeOptions } from "./upgrade.ts";
