export const group = "Ein und aus";

export const labels = {
  start: "Starten",
  "shut-down": "Herunterfahren",
  restart: "Neu starten",
  suspend: "Anhalten",
  resume: "Fortsetzen",
  "power-off": "Ausschalten erzwingen",
  reset: "Zurücksetzen",
};

export const doing = {
  start: "Startet…",
  "shut-down": "Fährt herunter…",
  restart: "Startet neu…",
  suspend: "Wird angehalten…",
  resume: "Wird fortgesetzt…",
  "power-off": "Wird ausgeschaltet…",
  reset: "Wird zurückgesetzt…",
};

export const question = (label: string, vm: string) => `${vm}: ${label}?`;
export const warning = {
  "power-off": "Das schaltet sofort aus, als zöge man den Stecker. Was der Gast noch nicht auf " +
    "seine Platten geschrieben hat, geht verloren.",
  reset: "Das drückt den Reset-Knopf: Der Gast beginnt von vorn, ohne herunterzufahren. Was er " +
    "noch nicht auf seine Platten geschrieben hat, geht verloren.",
};

export const manyQuestion = (label: string, count: number) =>
  `${count} VM${count === 1 ? "" : "s"}: ${label}?`;
export const noneCan = (label: string) => `${label}: bei keiner möglich`;
export const leftOut = (state: string) => `ausgelassen: ${state}`;
export const withSelected = "Mit den ausgewählten VMs";
export const selected = (count: number) => `${count} ausgewählt`;
export const clear = "Auswahl aufheben";
/** Under what becomes of several VMs; the middle is a link. */
export const goesOn = [
  "Es geht weiter, wenn Sie dies schließen oder die Seite verlassen: ",
  "Aktivität",
  " zeigt den Rest.",
];
export const waiting = "Wartet, bis sie an der Reihe ist.";

export const interrupted =
  "Die Verbindung ist abgebrochen. Was daraus wurde, wird gefragt, sobald sie wieder steht.";
export const lost =
  "Die Verbindung brach ab, bevor die Antwort kam. Der Zustand oben zeigt, wie es ausging.";
