/**
 * All texts of the face. `import { host } from "@/texts/mod.ts"` gives those of one area in the
 * language of the page that is being drawn: on the server `speak` says which that is, and a browser
 * has one language only, because the build puts that one in the place of this file
 * (tasks/build/texts.ts). So a text is read while something is drawn, never when a module is loaded.
 */
import type * as de from "./de/mod.ts";
import * as en from "./en/mod.ts";
import { type All, heard } from "./spoken.ts";
import type { Texts } from "./types.ts";

export * from "./gate.ts";
export { language, learn, speak } from "./spoken.ts";

// One that German lacks, or has beyond English, is a type error.
en satisfies Texts<typeof de>;

export let {
  account,
  audit,
  bar,
  charts,
  common,
  consoleQuestions,
  consoleWords,
  format,
  hardware,
  host,
  hostLoad,
  keys,
  link,
  notices,
  power,
  recordings,
  secondFactor,
  setup,
  snapshots,
  state,
  table,
  terminal,
  terminalOptions,
  timeline,
  tokens,
  users,
  vm,
  xml,
}: All = en;
heard((texts) => {
  ({
    account,
    audit,
    bar,
    charts,
    common,
    consoleQuestions,
    consoleWords,
    format,
    hardware,
    host,
    hostLoad,
    keys,
    link,
    notices,
    power,
    recordings,
    secondFactor,
    setup,
    snapshots,
    state,
    table,
    terminal,
    terminalOptions,
    timeline,
    tokens,
    users,
    vm,
    xml,
  } = texts ?? en);
});
