/** How the page hangs on the server. */
export const live = "Live";
export const reconnecting = "Reconnecting";
export const inSeconds = (seconds: number) => ` in ${seconds} s`;
export const offline = "Offline";
export const signInAgain = "Signed out: sign in";
export const unreachable = "The server cannot be reached.";

/** Why a socket is over for good. */
export const reload = "The server did not understand this page. Reload it.";
export const signedOut = "You have been signed out.";
export const forbidden = "You may no longer see this.";
export const gone = "This VM is gone.";

/** libvirt does not answer. */
export const silent = "libvirt does not answer";
export const silentFor = (duration: string) => `(for ${duration})`;
export const lastKnown = "What you see below is the last that is known.";

/** What the server says of either, as `wire.words` has the rest. */
export const said = (english: string): string => english;
