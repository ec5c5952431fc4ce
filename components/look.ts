import type { Language } from "@/texts/languages.ts";

/** How the pages look, which keys they listen to, and which language they speak, chosen for each browser and kept in a cookie of it. */
export const THEMES = ["system", "light", "dark", "contrast"] as const;
export const DENSITIES = ["roomy", "dense"] as const;
export const SINGLE_KEYS = ["on", "off"] as const;

export interface Look {
  theme: typeof THEMES[number];
  density: typeof DENSITIES[number];
  /** Whether a letter alone does something: who speaks to their machine, or has tremor, must not. */
  keys: typeof SINGLE_KEYS[number];
  /** Null for what the browser asks for with each page. */
  language: Language | null;
}
