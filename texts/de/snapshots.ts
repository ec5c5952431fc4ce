export const title = "Snapshots";
export const name = "Name";
export const made = "Gemacht";
export const state = "Damaliger Zustand";
/** By libvirt's word for it. */
export const states: Record<string, string> = {
  nostate: "unbekannt",
  running: "läuft",
  blocked: "blockiert",
  paused: "angehalten",
  pmsuspended: "schläft",
  shutdown: "fährt herunter",
  shutoff: "aus",
  crashed: "abgestürzt",
  "disk-snapshot": "nur die Platten",
};
export const memory = "Speicher";
export const after = "Nach";
export const note = "Notiz";
export const current = "aktuell";
export const kept = "enthalten";
export const notKept = "nicht enthalten";
export const none = "Keine Snapshots";
export const noneNote = " macht einen; virtglass zeigt sie.";
