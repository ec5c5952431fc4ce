import { showPage } from "./answer.ts";
import { type Context, setTree } from "./context.ts";
import type { Folder } from "./folders.ts";
import { HttpError } from "./http_error.ts";
import type { PageTree } from "./render.ts";
import type { Middleware } from "./types.ts";

/**
 * A middleware that shows a folder's `_error.tsx` for what is thrown in the folder. The page's
 * status is that of an HttpError, and 500 for everything else, which is reported.
 */
export function errorBoundary<State>(
  error: NonNullable<Folder<State>["error"]>,
  tree: PageTree<State>,
): Middleware<State> {
  return async function boundary(ctx) {
    try {
      return await ctx.next();
    } catch (thrown) {
      reportUnhandled(ctx, thrown);
      ctx.error = thrown;
      setTree(ctx, {
        app: error.config.skipAppWrapper ? null : tree.app,
        layouts: error.config.skipInheritedLayouts ? [] : tree.layouts,
      });
      const status = thrown instanceof HttpError ? thrown.status : 500;
      return showPage(ctx, error.component, undefined, { status });
    }
  };
}

/** The answer when there is no error page, or when it failed itself. Tells nothing of the inside. */
export function plainError(thrown: unknown): Response {
  const { status, message } = thrown instanceof HttpError && thrown.status < 500
    ? thrown
    : new HttpError(thrown instanceof HttpError ? thrown.status : 500);
  return new Response(`${message}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

/** An HttpError is an answer; anything else is a fault that somebody has to see. */
export function reportUnhandled<State>(ctx: Context<State>, thrown: unknown): void {
  if (thrown instanceof HttpError) return;
  if (ctx.config.onUnhandledError) ctx.config.onUnhandledError(thrown, ctx.req);
  else console.error("%s %s failed:", ctx.req.method, ctx.url.pathname, thrown);
}
