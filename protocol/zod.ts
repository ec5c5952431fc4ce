/**
 * zod's small variant, of which the server makes all its schemas: those of the whole zod bind some
 * fifty methods each, which takes time at every start and memory for as long as the server lives. By
 * itself it has no words for what is wrong with a value; here it gets the English ones.
 */
import { config, locales } from "zod/mini";

export * from "zod/mini";

config(locales.en());
