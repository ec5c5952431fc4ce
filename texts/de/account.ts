export const title = "Ihr Konto";
export const onSingleVMs = "Mit einer Rolle bei einzelnen VMs";

export const password = "Passwort";
export const passwordNote = "Ändern beendet alle Ihre anderen Sitzungen.";
export const changePassword = "Passwort ändern";
export const presentPassword = "Bisheriges Passwort";
export const newPassword = "Neues Passwort";
export const newPasswordHint = "Länge zählt mehr als seltene Zeichen.";
export const newPasswordAgain = "Neues Passwort noch einmal";
export const yourPassword = "Ihr Passwort";

export const sessions = "Sitzungen";
export const sessionsNote =
  "Wo Sie angemeldet sind. Eine, die länger nicht benutzt wird, endet von selbst.";
export const endOthers = "Alle anderen beenden";
export const endOthersQuestion = "Alle anderen Sitzungen beenden?";
export const endOthersNote =
  "Jeder andere Browser und jedes Programm, das als Sie angemeldet ist, muss sich neu anmelden. API-Tokens gelten weiter.";
export const endThem = "Beenden";
export const device = (english: string): string => english.replace(" on ", " unter ");
export const unknownDevice = "Unbekanntes Gerät";
export const thisSession = "diese Sitzung";
export const signedIn = (time: string) => `angemeldet ${time}`;
export const inUse = "gerade benutzt";
export const lastUsed = (age: string) => `zuletzt benutzt vor ${age}`;
export const end = "Beenden";
export const ofDevice = (device: string | null) =>
  `: die Sitzung von ${device ?? "einem unbekannten Gerät"}`;

export const done: Record<string, string> = {
  "password": "Ihr Passwort ist geändert, und Ihre anderen Sitzungen sind zu Ende.",
  "second-factor-off": "Der zweite Faktor ist aus. Zum Anmelden genügt Ihr Passwort.",
  "session": "Die Sitzung ist zu Ende.",
  "others": "Alle Ihre anderen Sitzungen sind zu Ende.",
  "revoked": "Das API-Token ist widerrufen.",
};
