/**
 * zod for settings, which every start reads: the bundle has a copy of it with what they use, and leaves
 * the rest to who needs it later (tasks/build/own_copy.ts). It knows no words: each kind says its own.
 */
export * from "zod/mini";
