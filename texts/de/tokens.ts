export const title = "API-Tokens";
export const note =
  "Für Programme. Sie gelten weiter, wenn sich Ihr Passwort ändert; widerrufen Sie, was Sie nicht brauchen.";
export const none = "Noch keine.";
export const create = "Neues Token";
export const goodUntil = (time: string) => `gültig bis ${time}`;
export const expired = (time: string) => `abgelaufen ${time}`;
export const neverUsed = "nie benutzt";
export const justUsed = "gerade eben benutzt";
export const lastUsed = (age: string) => `zuletzt benutzt vor ${age}`;
export const revoke = "Widerrufen";
export const revokeQuestion = (name: string) => `Das Token "${name}" widerrufen?`;
export const revokeNote =
  "Programme, die es benutzen, sind sofort ausgesperrt. Es lässt sich nicht zurückholen.";

export const newToken = "Neues API-Token";
export const name = "Name";
export const nameHint = "Wofür es ist, etwa das Programm und wo es läuft.";
export const role = "Rolle";
export const roleHint =
  "Es darf, was Sie dürfen, aber nie mehr als das hier. Ein viewer sieht nur zu.";
export const goodFor = "Gültig für";
export const days = (count: number) => `${count} Tage`;
export const passwordHint = "Noch einmal gefragt, weil das Token diese Sitzung überlebt.";
export const make = "Token anlegen";
export const copyNow = (name: string) => `Kopieren Sie das Token "${name}" jetzt.`;
export const copyNote =
  "Es wird nur dieses eine Mal gezeigt; virtglass behält davon nur einen Hash.";
export const sentAs = ["Programme senden es als ", " mit jeder Anfrage."] as const;
export const copied = "Ich habe es kopiert";
