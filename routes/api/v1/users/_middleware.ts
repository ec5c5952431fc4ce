import { signedIn } from "@/routes/(_shared)/session.ts";
import { demand } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

/** Nothing of what somebody sends here is looked at before it is clear that they may. */
export default define.middleware((ctx) => {
  demand(signedIn(ctx.state), "users", null);
  return ctx.next();
});
