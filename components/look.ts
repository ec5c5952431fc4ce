/** How the pages look, chosen for each browser and kept in a cookie of it. */
export const THEMES = ["system", "light", "dark", "contrast"] as const;
export const DENSITIES = ["roomy", "dense"] as const;

export interface Look {
  theme: typeof THEMES[number];
  density: typeof DENSITIES[number];
}

export const THEME_WORDS: Record<Look["theme"], string> = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
  contrast: "High contrast",
};

export const DENSITY_WORDS: Record<Look["density"], string> = { roomy: "Roomy", dense: "Dense" };
