import assert from "node:assert/strict";
import { isTerminalReport } from "./terminal_report.ts";

const said = (text: string) => isTerminalReport(new TextEncoder().encode(text));

for (
  const [what, text] of [
    ["where the cursor is", "\x1b[24;21R"],
    ["where the cursor is, in the first row", "\x1b[1;1R"],
    ["where the cursor is, as DEC asks", "\x1b[?24;21R"],
    ["that all is well", "\x1b[0n"],
    ["what kind of terminal this is", "\x1b[?1;2c"],
    ["what version it has", "\x1b[>0;276;0c"],
    ["that it has the focus", "\x1b[I"],
    ["several at once", "\x1b[?1;2c\x1b[24;21R\x1b[0n"],
  ] as const
) {
  Deno.test(`isTerminalReport knows ${what}`, () => assert.ok(said(text)));
}

for (
  const [what, text] of [
    ["nothing", ""],
    ["a letter", "R"],
    ["Escape", "\x1b"],
    ["an arrow", "\x1b[A"],
    ["Shift and F3", "\x1b[1;2R"],
    ["F3 with all of them among reports", "\x1b[24;21R\x1b[1;16R"],
    ["Alt and a bracket", "\x1b["],
    ["Page Up", "\x1b[5~"],
    ["a click", "\x1b[<0;10;5M"],
    ["a paste", "\x1b[200~ls\x1b[201~"],
    ["a command behind a report", "\x1b[24;21Rreboot\n"],
    ["a command before a report", "reboot\n\x1b[24;21R"],
    ["a report and a line's end", "\x1b[24;21R\n"],
    ["a report without its end", "\x1b[24;21"],
    ["larger places than there are", "\x1b[12345;1R"],
    ["more than a terminal says at once", "\x1b[24;21R".repeat(100)],
  ] as const
) {
  Deno.test(`isTerminalReport takes ${what} for typed`, () => assert.ok(!said(text)));
}
