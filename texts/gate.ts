/** The texts of the first page, which a server draws before it has read all others. */
import * as english from "./en/gate.ts";
import { type All, heard } from "./spoken.ts";

export let { errors, look, signIn, wire }: Pick<All, keyof typeof english> = english;
heard((texts) => ({ errors, look, signIn, wire } = texts ?? english));
