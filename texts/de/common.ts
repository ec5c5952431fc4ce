export const cancel = "Abbrechen";
export const close = "Schließen";
export const done = "Fertig";
export const remove = "Löschen";
export const download = "Herunterladen";
export const yes = "ja";
export const no = "nein";

export const ctrl = "Strg";
export const shift = "Umschalt";
export const space = "Leertaste";
