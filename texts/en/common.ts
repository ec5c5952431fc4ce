export const cancel = "Cancel";
export const close = "Close";
export const done = "Done";
export const remove = "Delete";
export const download = "Download";
export const yes = "yes";
export const no = "no";
