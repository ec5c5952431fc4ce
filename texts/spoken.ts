/**
 * The language of the page that is being drawn. English is always there; the others are read when
 * somebody wants to hear them.
 */
import type * as english from "./en/mod.ts";
import type { Language } from "./languages.ts";
import type { Texts } from "./types.ts";

/** The texts of one language. English says which there are. */
export type All = Texts<typeof english>;

type Foreign = Exclude<Language, "en">;

const READ: Record<Foreign, () => Promise<All>> = {
  de: () => import("./de/mod.ts"),
};

const known: Partial<Record<Foreign, All>> = {};
const listeners: ((texts: All | null) => void)[] = [];

export let language: Language = "en";

/** Has the texts of this language there, for `speak`. */
export async function learn(wanted: Language): Promise<void> {
  if (wanted !== "en") known[wanted] ??= await READ[wanted]();
}

/**
 * From here on texts are of this language, which has been learnt; or in English. Whoever draws a page
 * says it first, synchronously.
 */
export function speak(spoken: Language): void {
  language = spoken;
  for (const hear of listeners) hear(texts());
}

/** Tells the texts of the language, now and whenever it changes; null for English, which everybody has. */
export function heard(hear: (texts: All | null) => void): void {
  listeners.push(hear);
  hear(texts());
}

const texts = () => language === "en" ? null : known[language] ?? null;
