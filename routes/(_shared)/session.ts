import { HttpError } from "fresh";
import type { Session, State } from "@/services/mod.ts";

/** The session of a page that the root middleware lets nobody reach without one. */
export function signedIn({ session }: State): Session {
  if (session === null) throw new HttpError(401, "Sign in first.");
  return session;
}
