export const title = "Activity";
export const whatToShow = "What to show";
export const shows = { all: "All", command: "Commands", event: "Events", console: "Consoles" };
export const kinds = { command: "Command", event: "Event", console: "Console" };
export const by = (user: string) => `by ${user}`;
export const took = (duration: string) => `took ${duration}`;
export const tryAgain = "Try again";
export const vm = "VM";
export const user = "User";
export const pages = "Pages of the timeline";
export const nothing = "Nothing yet";
export const appears = "What happens appears here by itself.";
export const appearsOf = (show: string) => `${show}: what happens appears here by itself.`;
export const incomplete = "Some of what happened meanwhile is missing here.";
export const again = "Load the page again";
export const none = "Nothing";
export const noneNote = "Nothing that is kept is as you asked.";

/** Visits to a console. */
export const visits = {
  attach: "Came to the console",
  detach: "Left the console",
  takeover: "Took the console over",
};
export const console = "Console";

/** Events of libvirt, where its own word says too little. */
export const rebooted = "Rebooted";
export const ioError = "I/O error";
export const agent = (state: string) => `Guest agent ${state}`;
/** Those of other kinds, by the kind that the wire names. */
export const event = (kind: string) => kind.replaceAll("_", " ");
