import type { User } from "@/protocol/mod.ts";

/** Somebody who is signed in, as one request or socket sees it. */
export interface Session {
  readonly id: string;
  /** With an API token the role is the lower of the user's and the token's. */
  readonly user: User;
  /** Unix time in ms at which what was shown (token or cookie) is no longer good. */
  readonly expiresAt: number;
  /** What a browser's changing requests must bring along; only those are made by cookie. */
  readonly csrf?: string;
}
