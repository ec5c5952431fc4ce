/** Who changes users, grants or sessions, for the record of it. */
export interface Actor {
  /** The user's name; null is the command line. */
  user: string | null;
  /** The IP address that the request comes from; null is this machine. */
  address: string | null;
}

/** Somebody with a shell on this machine. */
export const COMMAND_LINE: Actor = { user: null, address: null };
