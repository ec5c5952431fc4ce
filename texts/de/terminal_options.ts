export const title = "Optionen des Terminals";
export const colours = "Farben";
export const themes = {
  glass: "Glas",
  black: "Schwarz, hoher Kontrast",
  amber: "Bernstein",
  green: "Grün",
  solarized: "Solarized, dunkel",
  paper: "Papier (hell)",
};
export const fontSize = "Schriftgröße";
export const font = "Schrift";
export const ownFont = "Die der Seite";
export const cursor = "Cursor";
export const cursors = { block: "Block", bar: "Strich", underline: "Unterstrich" };
export const bell = "Glocke";
export const bells = { off: "Aus", visual: "Ein Blitz", sound: "Ein Ton" };
export const scrollback = "Zeilen zum Zurückblättern";
export const blink = "Blinkender Cursor";
export const copy = "Markiertes kopieren";
export const screenReader = "Für Screenreader";
export const defaults = "Vorgaben";
