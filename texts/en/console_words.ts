/** How a console is doing. */
export const connecting = "Connecting…";
export const reconnecting = "Reconnecting";
export const offline = "Offline: no network";
export const connected = "Connected";
export const closed = {
  stopped: "The guest is off. The console opens again when it starts.",
  taken: "Something else took the console.",
  lost: "libvirt was lost. The console opens again when it is back.",
};

/** Who else looks. */
export const sharedWith = (others: string) => `Shared with ${others}`;
export const otherSize = (size: string) => `, whose terminal has ${size}`;
export const youElsewhere = "you elsewhere";
export const reads = (user: string) => `${user} (reads)`;

/** What a search found. */
export const nothingFound = "Nothing found";
export const orMore = (count: number) => `${count} or more`;
export const foundOf = (which: number, count: number) => `${which} of ${count}`;

export const bytes = (count: number) => count === 1 ? "1 byte" : `${count} bytes`;
export const serverAnswered = (status: number) => `The server answered ${status}.`;

/** Marks between the guest's own words. */
export const skipped = (bytes: string) => `${bytes} bytes skipped`;
