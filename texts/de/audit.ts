export const title = "Audit-Protokoll";
export const exportLines = "Als JSON-Zeilen exportieren";
export const pages = "Seiten des Audit-Protokolls";
export const none = "Keine Einträge";
export const noneNote = "Nichts Protokolliertes entspricht der Frage.";

export const user = "Benutzer";
export const vm = "VM";
export const what = "Was";
export const everything = "Alles";
export const from = "Von (UTC)";
export const until = "Bis (UTC)";

export const number = "Nr.";
export const time = "Zeit (UTC)";
export const who = "Wer";
export const more = "Mehr";
export const commandLine = "Kommandozeile";
export const nobody = "nicht angemeldet";
export const took = "Dauer";
export const seconds = (count: string) => `${count} s`;
export const repeated = (times: number, seconds?: number) =>
  `noch ${times === 1 ? "einmal" : `${times}-mal`}${seconds ? ` innerhalb von ${seconds} s` : ""}`;

export const kinds = {
  "sign_in": "Anmeldung",
  "sign_out": "Abmeldung",
  "session.refresh": "Sitzung verlängert",
  "session.end": "Sitzung beendet",
  "command.given": "Befehl gegeben",
  "command.ended": "Befehl beendet",
  "console.attach": "Konsole geöffnet",
  "console.detach": "Konsole verlassen",
  "console.takeover": "Konsole übernommen",
  "console.keys": "Tasten gedrückt",
  "console.input": "In Konsole getippt",
  "recording.start": "Aufzeichnung begonnen",
  "recording.stop": "Aufzeichnung beendet",
  "recording.read": "Aufzeichnung gelesen",
  "recording.delete": "Aufzeichnung gelöscht",
  "user.add": "Benutzer angelegt",
  "user.change": "Benutzer geändert",
  "user.password": "Passwort geändert",
  "password.confirm": "Passwort noch einmal gefragt",
  "user.remove": "Benutzer gelöscht",
  "grant.set": "Recht gegeben",
  "grant.remove": "Recht entzogen",
  "totp.enable": "Zweiter Faktor an",
  "totp.disable": "Zweiter Faktor aus",
  "recovery_codes.make": "Notfallcodes gemacht",
  "api_token.add": "API-Token angelegt",
  "api_token.remove": "API-Token gelöscht",
  "setup": "Einrichtung",
  "server.start": "Server gestartet",
  "server.stop": "Server beendet",
  "audit.export": "Audit-Protokoll exportiert",
  "audit.lost": "Audit-Protokoll nicht schreibbar",
  "audit.trim": "Alte Einträge entfernt",
  "audit.truncated": "Audit-Protokoll abgeschnitten",
};
