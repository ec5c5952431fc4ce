export * as errors from "./errors.ts";
export * as look from "./look.ts";
export * as signIn from "./sign_in.ts";
export * as wire from "./wire.ts";
