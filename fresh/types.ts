import type { AnyComponent } from "preact";
import type { Context } from "./context.ts";

/** Answers a request, or asks `ctx.next()` for the answer of what follows. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** What pages, layouts, the app wrapper and error pages are given. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    | "config"
    | "url"
    | "req"
    | "params"
    | "info"
    | "state"
    | "isPartial"
    | "Component"
    | "error"
    | "route"
  >
  & { data: Data };

/** A component of a route file; it may be async, and may then answer with a Response. */
export type RouteComponent<State> = AnyComponent<PageProps<unknown, State>>;

export interface LayoutConfig {
  /** Leave out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leave out `routes/_app.tsx`. */
  skipAppWrapper?: boolean;
}

export type RouteConfig = LayoutConfig;

/** A file whose component stands around, or in the place of, those of its folder. */
export interface Wrapper<State> {
  component: RouteComponent<State>;
  config: LayoutConfig;
}

/** A layout, imported when a page first stands in it. */
export type LayoutSource<State> = () => Wrapper<State> | Promise<Wrapper<State>>;

/** Settings of an `App`. */
export interface FreshConfig {
  /** Told of every error that is not an `HttpError`; writes it to stderr when not given. */
  onUnhandledError?: (error: unknown, request: Request) => void;
}
