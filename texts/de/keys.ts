export const title = "Tasten";
export const anyVM = "jede VM, jede Aktion";
export const filter = "filtern";
export const next = "nächste VM";
export const previous = "vorige VM";
export const open = "sie öffnen";
export const tick = "das Kästchen mit dem Fokus ankreuzen";
export const goTo = (place: string) => `zur Seite ${place}`;
export const these = "diese Tasten";
export const inTerminal = "In einem Terminal gehören alle Tasten dem Gast.";

export const palette = "Jede VM, jede Aktion";
export const found = "Gefunden";
export const nothing = "Nichts gefunden";
export const page = "Seite";
export const asksFirst = "fragt erst";
export const act = (label: string, vm: string) => `${vm}: ${label}`;
