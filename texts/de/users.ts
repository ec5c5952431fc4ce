export const title = "Benutzer";
export const add = "Benutzer anlegen";
export const all = "Alle Benutzer";
export const removed = (user: string) => `Benutzer ${user} ist gelöscht.`;

export const name = "Name";
export const mayDo = "Darf";
export const lastSignIn = "Zuletzt angemeldet";
export const since = "Seit";
export const thatIsYou = "das sind Sie";
export const disabled = "gesperrt";
export const singleVMs = "einzelne VMs";
export const onAllVMs = "bei allen VMs";
export const onVM = (vm: string) => `bei ${vm}`;
export const nothingYet = "noch nichts";
export const andMore = (count: number) => `und ${count} weitere`;

export const onAll = "Bei allen VMs, auch künftigen";
export const roles = {
  viewer: "sieht zu und liest Konsolen",
  operator: "schaltet auch VMs und tippt in Konsolen",
  admin: "alles; verwaltet auch die Benutzer und was sie dürfen",
};
export const onSingle = "Bei einzelnen VMs; die anderen bleiben verborgen";
export const chosenHere = "hier gewählt:";
export const noVMs = "Dieser Host hat noch keine VMs.";
export const isGone = "gibt es nicht mehr";
export const nothing = "nichts";

export const who = "Wer";
export const password = "Passwort";
export const passwordHint = "Mindestens 8 Zeichen und nicht schnell zu erraten.";
export const addOne = "Anlegen";
export const save = "Speichern";
export const newPassword = "Neues Passwort";
export const endsSessions = "Es beendet alle Sitzungen des Benutzers.";
export const setPassword = "Passwort setzen";

export const you = "Das sind Sie.";
export const hereSince = (day: string) => `Hier seit ${day};`;
export const neverSignedIn = "noch nie angemeldet.";
export const signedInLast = (time: string) => `zuletzt angemeldet ${time}.`;
export const secondFactor = "Zweiter Faktor";
export const secondFactorNote = (user: string) =>
  `An. Schalten Sie ihn nur aus, wenn ${user} ihn verloren und Ihnen das persönlich gesagt hat: Dann genügt das Passwort allein.`;
export const turnOff = "Ausschalten";
export const keepOut = "Aussperren";
export const isDisabled = "Gesperrt";
export const disabledNote = (user: string) =>
  `${user} kann sich nicht anmelden. Passwort und Rechte bleiben erhalten.`;
export const disablingNote =
  "Sperren beendet sofort alle Sitzungen und hebt Passwort und Rechte für später auf.";
export const remove = "Löschen…";
export const enable = "Entsperren";
export const disable = "Sperren";

export const question = (user: string) => `Benutzer ${user} löschen?`;
export const questionNote = (user: string) =>
  `Alle Sitzungen von ${user} enden sofort, und die Rechte gehen mit. Was getan wurde, bleibt unter Aktivität zu sehen.`;
export const removeUser = (user: string) => `${user} löschen`;

export const done: Record<string, string> = {
  added: "Angelegt. Der Benutzer kann sich jetzt anmelden.",
  access: "Gespeichert. Es gilt ab jetzt, auch für schon Offenes.",
  password: "Das Passwort ist geändert, und alle Sitzungen des Benutzers sind zu Ende.",
  disable: "Gesperrt. Alle Sitzungen des Benutzers sind zu Ende.",
  enable: "Der Benutzer kann sich wieder anmelden.",
  "reset-2fa": "Der zweite Faktor ist aus. Der Benutzer meldet sich nur mit dem Passwort an.",
};
