export const words = {
  running: "Läuft",
  stopped: "Aus",
  paused: "Angehalten",
  shutdown: "Fährt herunter",
  crashed: "Abgestürzt",
  unknown: "Unbekannt",
};
