import type { Context } from "./context.ts";
import type { Middleware } from "./types.ts";

/** Runs middlewares in order; each finds the rest of them behind `ctx.next()`. */
export function runChain<State>(
  ctx: Context<State>,
  chain: readonly Middleware<State>[],
  index = 0,
): Promise<Response> {
  const middleware = chain[index];
  if (!middleware) return Promise.reject(new Error("The last middleware called next()"));
  ctx.next = () => runChain(ctx, chain, index + 1);
  try {
    return Promise.resolve(middleware(ctx));
  } catch (error) {
    return Promise.reject(error);
  }
}
