export const title = "Recordings";
export const titleOf = (vm: string) => `Recordings of ${vm}`;
export const all = "All recordings";
export const none = "No recordings";
export const newestOf = (count: number) =>
  `These are the newest ${count}. Older ones are in the lists of single VMs.`;
/** Around the name of a setting. */
export const noneNote = [
  "An operator starts one at the console of a VM; the setting ",
  " records every console.",
] as const;

export const vm = "VM";
export const started = "Started";
export const by = "By";
export const length = "Length";
export const size = "Size";
export const ended = "Ended";
export const whatToDo = "What to do with it";
export const replayOf = (vm: string, time: string) => `Replay ${vm}, ${time}`;
export const now = "Recording now";
export const automatic = "automatic";

/** The page of one. */
export const oneOf = (vm: string) => `Recording of ${vm}`;
export const consoleOf = "Console of";
export const byUser = (user: string) => `by ${user}.`;
export const typedIn = "What was typed is in it.";
export const typedOut = "What was typed is not in it.";
export const stop = "Stop";
export const question = "Delete this recording?";
export const noWayBack = (vm: string, time: string) =>
  `The recording of ${vm} from ${time} cannot be brought back.`;

/** The player. */
export const replay = "Replay";
export const loading = "Loading…";
export const failed = (why: string) => `It cannot be played: ${why}`;
export const pause = "Pause";
export const play = "Play";
export const position = "Position";
export const positionOf = (position: string, all: string) => `${position} of ${all}`;
export const speed = "Speed";
export const shorten = "Shorten pauses";
/** What its keys do, each after its key. */
export const playsAndPauses = "plays and pauses";
export const and = "and";
export const skip = "skip 5 s";
export const changeSpeed = "change the speed";
export const needsScript =
  "Replaying needs JavaScript. The downloaded file plays in any asciicast player.";
