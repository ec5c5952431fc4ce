import type { Terminal } from "@xterm/xterm";

/**
 * Keeps the terminal from typing answers into the guest that nobody asked for just now. Programs ask
 * a terminal about itself by writing to it, and its answer arrives as if typed:
 *
 * - settings and colours are never told, whoever asks;
 * - nothing is answered while old output is shown again: who asked is long gone, and a shell that is
 *   there now would take the answer for a command.
 *
 * @param past whether old output is being shown
 */
export function guard(terminal: Terminal, past: () => boolean): void {
  const { parser } = terminal;
  // Colours: OSC 4, 10, 11, 12 with a question mark. Settings: DECRQSS, DECRQM.
  for (const code of [4, 10, 11, 12]) {
    parser.registerOscHandler(code, (data) => data.includes("?"));
  }
  parser.registerDcsHandler({ intermediates: "$", final: "q" }, () => true);
  parser.registerCsiHandler({ intermediates: "$", final: "p" }, () => true);
  parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, () => true);
  // What programs rightly ask: the cursor's place, and what kind of terminal this is.
  for (const prefix of ["", "?", ">", "="]) {
    for (const final of ["n", "c"]) {
      parser.registerCsiHandler(prefix === "" ? { final } : { prefix, final }, past);
    }
  }
}
