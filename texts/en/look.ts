export const colours = "Colours";
export const themes = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
  contrast: "High contrast",
};
export const tables = "Tables";
export const densities = { roomy: "Roomy", dense: "Dense" };
export const singleKeys = "Single-key shortcuts";
export const singleKeysAre = { on: "On", off: "Off" };
export const language = "Language";
/** No choice of one's own. */
export const asBrowser = "As the browser";
export const use = "Use these";
