import { statSync } from "node:fs";

/** When it was last changed, in ms; -1 for what is not there. */
export const timeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
