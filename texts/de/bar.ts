export const skip = "Zum Inhalt";
export const pages = "Seiten";
export const notices = "Meldungen";
export const menu = "Menü";
export const singleVMs = "einzelne VMs";
export const anyVM = "jede VM, jede Aktion";
export const allKeys = "alle Tasten";
export const signOut = "Abmelden";

export const places = {
  host: "Host",
  activity: "Aktivität",
  recordings: "Aufzeichnungen",
  account: "Ihr Konto",
  users: "Benutzer",
  audit: "Audit-Protokoll",
};
