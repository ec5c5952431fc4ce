export const pasteOne = (size: string) => `Paste one line of ${size}?`;
export const pasteLines = (lines: number, size: string) => `Paste ${lines} lines, ${size}?`;
export const paste = "Paste";
export const pasteNote = "The guest runs every line as if you had typed it and pressed Enter.";
export const pasteWarning =
  "Control characters were hidden in it, which would have acted as keys. They were taken out; look twice at what is left.";
export const openPage = (host: string) => `Open a page of ${host}?`;
export const open = "Open";
export const address = "The guest wrote this address:";
export const tellSize = "Tell the guest this terminal's size?";
export const type = "Type it";
export const sizeNote =
  "A serial line does not carry the size of a terminal. At a shell's prompt, this tells it:";
export const typed = "It is typed with Enter, whatever the guest is doing.";
export const takeOverOf = (vm: string) => `Take over the console of ${vm}?`;
export const takeOver = "Take over";
/** Around a command that may hold it. */
export const takeOverNote = [
  "Something else holds it, such as ",
  " on the host. It is disconnected, whatever it was doing.",
] as const;

export const pressOn = (keys: string, vm: string) => `Press ${keys} on ${vm}?`;
export const press = "Press";
