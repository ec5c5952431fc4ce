export const cancel = "Abbrechen";
export const close = "Schließen";
export const done = "Fertig";
export const remove = "Löschen";
export const download = "Herunterladen";
export const yes = "ja";
export const no = "nein";

/** Of long lists. */
export const show = "Zeigen";
export const all = "Alle";
export const newest = "Neueste";
export const older = "Ältere";

export const ctrl = "Strg";
export const shift = "Umschalt";
export const space = "Leertaste";
