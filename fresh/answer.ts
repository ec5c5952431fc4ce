import { type Context, setTree } from "./context.ts";
import type { HandlerFn } from "./handlers.ts";
import { HttpError } from "./http_error.ts";
import { componentResult, type PageTree } from "./render.ts";
import type { Route } from "./route_module.ts";
import type { RouteComponent } from "./types.ts";
import type { VNode } from "preact";

/** What a route answers: the Response of its handler, or its page with the handler's data. */
export async function answer<State>(
  ctx: Context<State>,
  route: Route<State>,
  tree: PageTree<State>,
): Promise<Response> {
  setTree(ctx, {
    app: route.config.skipAppWrapper ? null : tree.app,
    layouts: route.config.skipInheritedLayouts ? [] : tree.layouts,
  });
  const handler = handlerFor(route, ctx.req.method);
  if (!handler) throw new HttpError(405, `${ctx.req.method} is not possible here`);

  const result = await handler(ctx);
  if (result instanceof Response) return result;
  if (!route.component) {
    throw new Error(`${ctx.route} answered with data, but the route has no page`);
  }
  const { status, headers } = result;
  return showPage(ctx, route.component, result.data, {
    ...(status === undefined ? {} : { status }),
    ...(headers === undefined ? {} : { headers }),
  });
}

function handlerFor<State>(route: Route<State>, method: string): HandlerFn<unknown, State> | null {
  if (typeof route.handlers === "function") return route.handlers;
  const byMethod: Record<string, HandlerFn<unknown, State> | undefined> = route.handlers;
  if (Object.hasOwn(byMethod, method)) return byMethod[method] ?? null;
  return method === "HEAD" ? byMethod["GET"] ?? null : null;
}

/** The component as a page, within the layouts and app wrapper set on the context. */
export async function showPage<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  data: unknown,
  init: ResponseInit,
): Promise<Response> {
  ctx.data = data;
  const vnode = await componentResult(component, ctx, data, () => null);
  return vnode instanceof Response ? vnode : ctx.render(vnode as VNode<unknown>, init);
}
