export const connecting = "Verbinde…";
export const reconnecting = "Verbinde neu";
export const offline = "Offline: kein Netz";
export const connected = "Verbunden";
export const closed = {
  stopped: "Der Gast ist aus. Die Konsole öffnet sich wieder, wenn er startet.",
  taken: "Etwas anderes nahm die Konsole.",
  lost: "libvirt ist weg. Die Konsole öffnet sich wieder, wenn es zurück ist.",
};

export const sharedWith = (others: string) => `Geteilt mit ${others}`;
export const otherSize = (size: string) => `, mit einem Terminal von ${size}`;
export const youElsewhere = "Ihnen anderswo";
export const reads = (user: string) => `${user} (liest)`;

export const nothingFound = "Nichts gefunden";
export const orMore = (count: number) => `${count} oder mehr`;
export const foundOf = (which: number, count: number) => `${which} von ${count}`;

export const bytes = (count: number) => count === 1 ? "1 Byte" : `${count} Bytes`;
export const serverAnswered = (status: number) => `Der Server antwortete mit ${status}.`;

export const skipped = (bytes: string) => `${bytes} Bytes übersprungen`;
export const ends = {
  stopped: "der Gast hat aufgehört",
  taken: "etwas anderes nahm die Konsole",
  lost: "libvirt ist weg",
};
export const again = "wieder verbunden";
export const anew = "neu verbunden; was inzwischen gesagt wurde, ist nicht bekannt";

export const nowReadOnly = "Sie dürfen hier jetzt nur noch lesen.";
export const closedNow = "Die Konsole wurde geschlossen.";
export const notTaken = (bytes: number) =>
  `Der Gast liest nicht: ${bytes} Bytes wurden nicht angenommen.`;
export const lostOnTheWay = (what: string) =>
  `Die Verbindung brach ab, während Eingaben unterwegs waren: ${what}.`;
export const lostOfTyped = (why: string, what: string) => `${why} Vom Getippten: ${what}.`;
export function lostBytes(waiting: number, unsure: number): string {
  if (waiting === 0) {
    return unsure === 1
      ? "1 Byte ist vielleicht nicht angekommen"
      : `${unsure} Bytes sind vielleicht nicht angekommen`;
  }
  if (unsure === 0) {
    return waiting === 1 ? "1 Byte wurde nicht gesendet" : `${waiting} Bytes wurden nicht gesendet`;
  }
  return `${waiting} Bytes wurden nicht gesendet, und die ${unsure} davor sind vielleicht nicht angekommen`;
}
