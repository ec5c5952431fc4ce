import { signedIn } from "@/routes/(_shared)/session.ts";
import type { Actor } from "@/services/identity/actor.ts";
import type { State } from "@/services/mod.ts";

/** Who asks, as what is changed remembers it. */
export function actor(state: State): Actor {
  return { user: signedIn(state).user.name, address: state.address };
}
