import type { AnyComponent } from "preact";
import type { HandlerByMethod, HandlerFn, RouteHandler } from "./handlers.ts";
import type { Middleware, PageProps } from "./types.ts";

// A handler of any data: data appears only in what it returns, so `unknown` takes them all.
type AnyHandler<State> = RouteHandler<unknown, State>;

type DataOf<Handler, State> = Handler extends HandlerFn<infer Data, State> ? Data
  : Handler extends HandlerByMethod<infer Data, State> ? Data
  : never;

/** Each function returns its argument; they exist so that its types are inferred. */
export interface Define<State> {
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): typeof handlers;

  /** `define.page<typeof handlers>(...)` types `props.data` by what the handlers return. */
  page<Handler extends AnyHandler<State> = never, Data = DataOf<Handler, State>>(
    render: AnyComponent<PageProps<Data, State>>,
  ): typeof render;

  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;

  layout(render: AnyComponent<PageProps<unknown, State>>): typeof render;
}

export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    middleware: (middleware) => middleware,
    layout: (render) => render,
  };
}
