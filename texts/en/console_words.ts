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
export const ends = {
  stopped: "the guest stopped",
  taken: "something else took the console",
  lost: "libvirt was lost",
};
export const again = "attached again";
export const anew = "attached anew; what was said meanwhile is not known";

/** What went wrong with what was typed. */
export const nowReadOnly = "You may only read here now.";
export const closedNow = "The console closed.";
export const notTaken = (bytes: number) =>
  `The guest does not read: ${bytes} bytes were not taken.`;
export const lostOnTheWay = (what: string) =>
  `The connection was lost while input was on its way: ${what}.`;
export const lostOfTyped = (why: string, what: string) => `${why} Of what was typed ${what}.`;
/** At least one of the two is not 0. */
export function lostBytes(waiting: number, unsure: number): string {
  if (waiting === 0) return `${bytes(unsure)} may not have arrived`;
  if (unsure === 0) return waiting === 1 ? "1 byte was not sent" : `${waiting} bytes were not sent`;
  return `${waiting} bytes were not sent, and the ${unsure} before them may not have arrived`;
}
