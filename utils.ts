import { createDefine } from "fresh";
import type { State } from "@/services/mod.ts";

/** `define.page`, `define.handlers`, `define.middleware`, `define.layout`, typed with our State. */
export const define = createDefine<State>();
