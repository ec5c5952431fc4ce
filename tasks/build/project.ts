import { resolve } from "node:path";

/** The folder of this checkout. */
export const project: string = resolve(import.meta.dirname!, "../..");
