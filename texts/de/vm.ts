export const readOnly = "Nur ansehen: Die Rolle viewer darf nicht schalten.";
export const gone = "Diese VM gibt es nicht mehr: Jemand hat sie entfernt oder umbenannt.";
export const backToHost = "Zurück zum Host";
export const lasting = (span: string, time: string) => `seit ${span} (${time} UTC)`;
export const up = (span: string) => `eingeschaltet seit ${span}`;

export const pagesOf = (vm: string) => `Seiten von ${vm}`;
export const tabs = {
  overview: "Überblick",
  console: "Konsole",
  hardware: "Hardware",
  history: "Verlauf",
  snapshots: "Snapshots",
  xml: "XML",
};
export const pageOf = (vm: string, tab: string) => `${vm}: ${tab}`;
export const console = "Konsole";
export const consoleOf = (vm: string) => `${vm} · Konsole`;
export const noConsole = "Keine serielle Konsole";
export const noConsoleNote = [
  "Diese VM hat keine. ",
  " gibt ihr eine mit ",
  "; sie ist vom nächsten Start an da.",
] as const;

export const reasons: Record<string, string> = {
  unknown: "",
  destroyed: "ausgeschaltet",
  shutdown: "heruntergefahren",
  unpaused: "fortgesetzt",
  user: "von einem Benutzer",
};
