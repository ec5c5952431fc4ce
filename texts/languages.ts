/** The languages of the face, by their tags. A page is in the first when nobody asks for another. */
export const LANGUAGES = ["en", "de"] as const;
export type Language = typeof LANGUAGES[number];

/** Each in its own words, so that whoever speaks it finds it. */
export const OWN_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" };
