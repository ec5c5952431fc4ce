import type { Language } from "@/texts/languages.ts";

/** How the pages look and which language they speak, chosen for each browser and kept in a cookie of it. */
export const THEMES = ["system", "light", "dark", "contrast"] as const;
export const DENSITIES = ["roomy", "dense"] as const;

export interface Look {
  theme: typeof THEMES[number];
  density: typeof DENSITIES[number];
  /** Null for what the browser asks for with each page. */
  language: Language | null;
}
