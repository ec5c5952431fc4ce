import * as z from "../zod.ts";
import { User } from "./user.ts";

/** What signing in gives, and a refresh token. */
export const LoggedIn = z.object({
  token: z.string(),
  expiresIn: z.number(),
  refreshToken: z.string(),
  user: User,
});
export type LoggedIn = z.infer<typeof LoggedIn>;

/** Good once, for a socket at that path, in `?token=`. */
export const Ticket = z.object({ ticket: z.string(), expiresIn: z.number() });
export type Ticket = z.infer<typeof Ticket>;
