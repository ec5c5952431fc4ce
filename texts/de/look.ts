export const colours = "Farben";
export const themes = {
  system: "Wie das System",
  light: "Hell",
  dark: "Dunkel",
  contrast: "Hoher Kontrast",
};
export const tables = "Tabellen";
export const densities = { roomy: "Luftig", dense: "Dicht" };
export const singleKeys = "Kurzbefehle aus einer Taste";
export const singleKeysAre = { on: "An", off: "Aus" };
export const language = "Sprache";
export const asBrowser = "Wie der Browser";
export const use = "Übernehmen";
