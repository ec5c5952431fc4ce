import { type AnyComponent, type ComponentChildren, Fragment, h } from "preact";
import { renderToString } from "preact-render-to-string";
import { collecting, type PageParts } from "./collector.ts";
import type { Context } from "./context.ts";
import { documentOf, pagePlace } from "./document.ts";
import { htmlResponse } from "./html_response.ts";
import type { LayoutSource, PageProps, RouteComponent } from "./types.ts";

/** What stands around a page: the app wrapper, and the layouts from the outside in. */
export interface PageTree<State> {
  app: RouteComponent<State> | null;
  layouts: LayoutSource<State>[];
}

/** The page within its layouts and app wrapper, unless a component answers with a Response. */
export async function renderPage<State>(
  ctx: Context<State>,
  page: ComponentChildren,
  tree: PageTree<State>,
  init: ResponseInit,
): Promise<Response> {
  let child = page;
  let wrapper = tree.app;
  for (const source of tree.layouts.toReversed()) {
    const inner = child;
    const { component, config } = await source();
    const outer: Rendered = await componentResult(component, ctx, undefined, () => inner);
    if (outer instanceof Response) return outer;
    child = outer;
    if (config.skipAppWrapper) wrapper = null;
    if (config.skipInheritedLayouts) break;
  }

  const app = wrapper && await componentResult(wrapper, ctx, undefined, pagePlace);
  if (app instanceof Response) return app;
  const parts: PageParts = { head: [], islands: [] };
  const html = collecting(parts, () => {
    const shell = app ? renderToString(h(Fragment, null, app)) : null;
    return documentOf(shell, renderToString(h(Fragment, null, child)), parts);
  });
  return await htmlResponse(ctx.req, html, init);
}

/** What a component comes to: something to render, or a Response in the place of the page. */
export type Rendered = ComponentChildren | Response;

const AsyncFunction = (async () => {}).constructor;

/** A vnode of the component; of an async one what it returns, which may be a Response. */
export function componentResult<Data, State>(
  component: AnyComponent<PageProps<Data, State>>,
  ctx: Context<State>,
  data: Data,
  Component: () => ComponentChildren,
): Rendered | Promise<Rendered> {
  const { config, url, req, params, info, state, isPartial, error, route } = ctx;
  const props: PageProps<Data, State> = {
    ...{ config, url, req, params, info, state, isPartial, error, route, data },
    Component: Component as Context<State>["Component"],
  };
  if (component instanceof AsyncFunction) {
    const call = component as unknown as (props: PageProps<Data, State>) => Promise<Rendered>;
    return call(props);
  }
  return h(component, props);
}
