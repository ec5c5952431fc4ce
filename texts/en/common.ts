export const cancel = "Cancel";
export const close = "Close";
export const done = "Done";
export const remove = "Delete";
export const download = "Download";
export const yes = "yes";
export const no = "no";

/** Of long lists. */
export const show = "Show";
export const all = "All";
export const newest = "Newest";
export const older = "Older";

/** What is printed on keys. */
export const ctrl = "Ctrl";
export const shift = "Shift";
export const space = "Space";
