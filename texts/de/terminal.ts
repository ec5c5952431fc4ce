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
export const noSuchKeys =
  "Strg Alt Entf bedeutet auf einer seriellen Leitung nichts, und libvirt kann weder Break noch Magic SysRq darüber senden.";
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
