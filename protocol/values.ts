/** Values that come in and go out. */
import { ACTIONS, KEYS, ROLES } from "./words.ts";
import * as z from "./zod.ts";

export const action = z.enum(ACTIONS);
export const keys = z.enum(KEYS);
export const role = z.enum(ROLES);

/** The size of a terminal. */
export const columnsAndRows = {
  columns: z.int().check(z.gte(1), z.lte(1000)),
  rows: z.int().check(z.gte(1), z.lte(1000)),
};
