import type { User } from "@/protocol/mod.ts";

/** Somebody who has shown who they are, by a password. */
export interface Proven {
  user: User;
  /** Whether that is still so: the password may have been changed since, or the user disabled. */
  stands: () => boolean;
}
