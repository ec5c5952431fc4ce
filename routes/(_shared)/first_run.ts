import type { Middleware } from "fresh";
import { GlassError, problemResponse } from "@/services/errors.ts";
import type { State } from "@/services/mod.ts";
import { isLoopback } from "@/services/network/addresses.ts";

const WHY =
  "virtglass has no admin yet, and until it has one it answers only to its own machine: open /setup there, or run: virtglass user add NAME --role admin";

/** Nobody else gets in before there is somebody to say who may. */
export const firstRun: Middleware<State> = async (ctx) => {
  const { gate, address } = ctx.state;
  if (isLoopback(address) || !gate.firstRun.needed) return await ctx.next();
  if (/^\/(api|ws)\//.test(ctx.url.pathname)) {
    return problemResponse(new GlassError("FORBIDDEN", `${WHY}.`));
  }
  return new Response(`${WHY}\n`, {
    status: 403,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
};
