export const title = "Serielle Konsole";
export const group = "Terminal";
export const recording = "Aufzeichnung";
export const readOnly = "Nur lesen";
export const leaves = "verlässt das Terminal";
export const needsScript = [
  "Das Terminal braucht JavaScript. Auf dem Host öffnet ",
  " dieselbe Leitung.",
] as const;
export const failed = "Das Terminal ließ sich nicht laden. Laden Sie die Seite neu.";
export const fileName = (vm: string, time: string) => `${vm} Konsole ${time}.txt`;

export const search = "Suchen (Strg Umschalt F)";
export const keys = "Tasten";
export const fit = "Dem Gast die Größe dieses Terminals nennen";
export const record = "Diese Konsole aufzeichnen";
export const stopRecording = "Aufzeichnung beenden";
export const clear = "Terminal leeren";
export const download = "Alle Zeilen als Text herunterladen";
export const options = "Optionen";
export const fullscreen = "Ganzer Bildschirm";
export const leaveFullscreen = "Ganzen Bildschirm verlassen";
export const ownWindow = "Ein eigenes Fenster";
export const keyboard = "Auf der Tastatur der VM";
export const keyboardNote =
  "Strg Alt Entf und S-Abf werden auf der Tastatur der VM gedrückt: Ein Gast mit einem Treiber dafür hört sie auch, wenn seine serielle Leitung hängt. Break kann libvirt nicht senden.";
export const pressed = (keys: string, meaning: string) => `${keys} gedrückt. ${meaning}`;
export const keyNames = {
  "ctrl-alt-delete": "Strg Alt Entf",
  "sysrq-h": "S-Abf H",
  "sysrq-s": "S-Abf S",
  "sysrq-u": "S-Abf U",
  "sysrq-w": "S-Abf W",
  "sysrq-m": "S-Abf M",
  "sysrq-e": "S-Abf E",
  "sysrq-b": "S-Abf B",
};
export const keyMeanings = {
  "ctrl-alt-delete":
    "Der Gast startet neu, aller Wahrscheinlichkeit nach: manche sofort, ohne zu beenden, was läuft.",
  "sysrq-h": "Schreibt auf die Konsole, was Magic SysRq kann.",
  "sysrq-s": "Schreibt auf die Platten, was noch nicht dort ist.",
  "sysrq-u": "Alle Dateisysteme sind nur noch lesbar, bis der Gast neu gestartet ist.",
  "sysrq-w": "Schreibt auf die Konsole, welche Aufgaben ohne Ende warten.",
  "sysrq-m": "Schreibt auf die Konsole, wofür der Speicher gebraucht wird.",
  "sysrq-e": "Jeder Prozess außer init wird gebeten, zu enden.",
  "sysrq-b": "Der Gast startet sofort neu: nichts wird vorher auf seine Platten geschrieben.",
};
export const closeKeys = "Tasten schließen (Esc)";
export const searchField = "Im Terminal suchen";
export const searchHint = "Suchen";
export const previous = "Vorige Stelle (Umschalt Enter)";
export const next = "Nächste Stelle (Enter)";
export const closeSearch = "Suche schließen (Esc)";

export const takeOver = "Übernehmen…";
export const taken = "Etwas anderes hält diese Konsole.";
export const discard = "Verwerfen";
export const waiting = (size: string) => `${size} Ihrer Eingabe warten: Der Gast liest nicht.`;
export const dismiss = "Ausblenden";
