import type { Context } from "fresh";
import { signedIn } from "@/routes/(_shared)/session.ts";
import type { State } from "@/services/mod.ts";
import type { Caller } from "@/services/sockets/mod.ts";

/** Who asks for a socket; the middleware lets nobody here who is not signed in. */
export function caller({ state }: Context<State>): Caller {
  return { session: signedIn(state), peer: state.peer };
}
