export const title = "Aufzeichnungen";
export const titleOf = (vm: string) => `Aufzeichnungen von ${vm}`;
export const all = "Alle Aufzeichnungen";
export const none = "Keine Aufzeichnungen";
export const newestOf = (count: number) =>
  `Das sind die neuesten ${count}. Ältere stehen in den Listen der einzelnen VMs.`;
export const noneNote = [
  "Ein Operator beginnt eine an der Konsole einer VM; die Einstellung ",
  " zeichnet jede Konsole auf.",
] as const;

export const vm = "VM";
export const started = "Beginn";
export const by = "Von";
export const length = "Dauer";
export const size = "Größe";
export const ended = "Ende";
export const whatToDo = "Was damit zu tun ist";
export const replayOf = (vm: string, time: string) => `${vm} vom ${time} abspielen`;
export const now = "Läuft gerade";
export const automatic = "automatisch";

export const oneOf = (vm: string) => `Aufzeichnung von ${vm}`;
export const consoleOf = "Konsole von";
export const byUser = (user: string) => `von ${user}.`;
export const typedIn = "Getipptes ist enthalten.";
export const typedOut = "Getipptes ist nicht enthalten.";
export const stop = "Beenden";
export const question = "Diese Aufzeichnung löschen?";
export const noWayBack = (vm: string, time: string) =>
  `Die Aufzeichnung von ${vm} vom ${time} lässt sich nicht zurückholen.`;

export const replay = "Wiedergabe";
export const loading = "Lädt…";
export const failed = (why: string) => `Sie lässt sich nicht abspielen: ${why}`;
export const pause = "Pause";
export const play = "Abspielen";
export const position = "Stelle";
export const positionOf = (position: string, all: string) => `${position} von ${all}`;
export const speed = "Tempo";
export const shorten = "Pausen kürzen";
export const playsAndPauses = "spielt ab und hält an";
export const and = "und";
export const skip = "springen 5 s";
export const changeSpeed = "ändern das Tempo";
export const needsScript =
  "Die Wiedergabe braucht JavaScript. Die heruntergeladene Datei spielt jeder Asciicast-Player.";
