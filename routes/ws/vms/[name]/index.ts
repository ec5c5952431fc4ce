import { openVMSocket } from "@/services/sockets/mod.ts";
import { caller } from "@/routes/(_shared)/caller.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: (ctx) => openVMSocket(ctx.state.services, caller(ctx), ctx.params.name!),
});
