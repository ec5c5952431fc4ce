import type { Terminal } from "@xterm/xterm";

/** What the guard asks about the moment at which a sequence is read. */
export interface Moment {
  /** Whether what was written long ago is shown again. */
  past(): boolean;
  /** Whether this terminal is the one of all viewers' that answers the guest. */
  responder(): boolean;
}

/** The parts of a terminal that the guard needs: those of @xterm/headless do too. */
type Guarded = Pick<Terminal, "parser">;

/**
 * Keeps the terminal from typing answers into the guest that nobody asked for just now. Programs ask
 * a terminal about itself by writing to it, and its answer arrives as if typed. So a file that is
 * shown, or a stranger's log line, can type:
 *
 * - titles, colours, settings and sizes are never told, whoever asks, and the clipboard is not
 *   written; some of it xterm does not do anyway, and it stays so when xterm learns it;
 * - where the cursor is and what kind of terminal this is, programs rightly ask: one terminal of all
 *   viewers' answers, or the guest would read the answer once for each of them;
 * - nothing is answered while old output is shown again: who asked is long gone, and a shell that is
 *   there now would take the answer for a command.
 */
export function guard({ parser }: Guarded, { past, responder }: Moment): void {
  const swallow = () => true;
  // Colours: the palette, those of text, background and cursor, and of selections.
  for (const code of [4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]) {
    parser.registerOscHandler(code, (data) => data.includes("?"));
  }
  // The clipboard, its newer form, and what other terminals do with files and notifications.
  for (const code of [50, 52, 1337, 5522]) parser.registerOscHandler(code, swallow);
  // Settings and capabilities: DECRQSS, XTGETTCAP, DECRQM; XTVERSION and the keyboard's mode.
  for (const intermediates of ["$", "+"]) {
    parser.registerDcsHandler({ intermediates, final: "q" }, swallow);
  }
  parser.registerCsiHandler({ intermediates: "$", final: "p" }, swallow);
  parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, swallow);
  parser.registerCsiHandler({ prefix: ">", final: "q" }, swallow);
  parser.registerCsiHandler({ prefix: "?", final: "u" }, swallow);
  // Checksums of what is on the screen, and parameters of the line: DECRQCRA, DECREQTPARM.
  parser.registerCsiHandler({ intermediates: "*", final: "y" }, swallow);
  parser.registerCsiHandler({ final: "x" }, swallow);
  // The window: its title, size and place, to tell or to change.
  parser.registerCsiHandler({ final: "t" }, swallow);

  const unasked = () => past() || !responder();
  for (const prefix of ["", "?", ">", "="]) {
    for (const final of ["n", "c"]) {
      parser.registerCsiHandler(prefix === "" ? { final } : { prefix, final }, unasked);
    }
  }
}

/** Reports of the window's focus, which a program has to ask for; nothing that a key sends. */
// deno-lint-ignore no-control-regex
const FOCUS = /^\x1b\[[IO]$/;

/** Whether `data` of the terminal is for the guest: a focus is told by the responder's only. */
export function isForGuest(data: string, { past, responder }: Moment): boolean {
  return !FOCUS.test(data) || (responder() && !past());
}
