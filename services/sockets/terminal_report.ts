/** In xterm F3 with Shift, Alt, Ctrl or Meta looks like a place in the first row, in this column. */
const KEY = String.raw`1;(?:[2-9]|1[0-6])R`;
const NUMBER = String.raw`\d{1,4}`;
/** Where the cursor is; that all is well; what kind of terminal this is; that it has the focus. */
const ANSWER = String.raw`\??${NUMBER};${NUMBER}R|0n|[?>]${NUMBER}(?:;${NUMBER}){0,15}c|[IO]`;

const REPORTS = new RegExp(String.raw`^(?:\x1b\[(?!${KEY})(?:${ANSWER}))+$`);
const ESCAPE = 0x1b;
/** Bytes above which it is no terminal that answers: programs ask one thing or two at a time. */
const LONGEST = 256;

/**
 * Whether input is nothing but what terminals send by themselves when a program asks them about
 * themselves: nobody has typed it. What may be a key, or has anything else in it, is typed.
 */
export function isTerminalReport(bytes: Uint8Array): boolean {
  // Somebody waits for the echo of each key.
  if (bytes[0] !== ESCAPE || bytes.length > LONGEST) return false;
  return REPORTS.test(String.fromCharCode(...bytes));
}
