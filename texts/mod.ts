/**
 * All texts of the face. `import { host } from "@/texts/mod.ts"` gives those of one area in the
 * language of the page that is being drawn: on the server `speak` says which that is, and a browser
 * has one language only, because the build puts that one in the place of this file
 * (tasks/build/texts.ts). So a text is read while something is drawn, never when a module is loaded.
 */
import type * as de from "./de/mod.ts";
import * as en from "./en/mod.ts";
import type { Language } from "./languages.ts";
import type { Texts } from "./types.ts";

// English says which texts there are: one that German lacks, or has beyond them, is a type error.
type All = Texts<typeof en>;
en satisfies Texts<typeof de>;

/** English is always there; the others are read when somebody wants to hear them. */
const known: Record<Language, All | null> = { en, de: null };
const READ: Record<Exclude<Language, "en">, () => Promise<All>> = {
  de: () => import("./de/mod.ts"),
};

/** Has the texts of this language there, for `speak`. */
export async function learn(wanted: Language): Promise<void> {
  if (wanted !== "en") known[wanted] ??= await READ[wanted]();
}

export let language: Language = "en";
export let {
  account,
  audit,
  bar,
  charts,
  common,
  consoleQuestions,
  consoleWords,
  errors,
  format,
  hardware,
  host,
  hostLoad,
  keys,
  link,
  look,
  notices,
  power,
  recordings,
  secondFactor,
  setup,
  signIn,
  snapshots,
  state,
  table,
  terminal,
  terminalOptions,
  timeline,
  tokens,
  users,
  vm,
  wire,
  xml,
}: All = en;

/**
 * From here on texts are of this language, which has been learnt; or in English. Whoever draws a page
 * says it first, synchronously.
 */
export function speak(spoken: Language): void {
  language = spoken;
  ({
    account,
    audit,
    bar,
    charts,
    common,
    consoleQuestions,
    consoleWords,
    errors,
    format,
    hardware,
    host,
    hostLoad,
    keys,
    link,
    look,
    notices,
    power,
    recordings,
    secondFactor,
    setup,
    signIn,
    snapshots,
    state,
    table,
    terminal,
    terminalOptions,
    timeline,
    tokens,
    users,
    vm,
    wire,
    xml,
  } = known[spoken] ?? en);
}
