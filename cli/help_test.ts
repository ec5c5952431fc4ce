import assert from "node:assert/strict";
import { COMMANDS } from "./commands.ts";
import { helpOf, overview } from "./help.ts";

const PAGES = [
  ["--help", overview()],
  ...COMMANDS.map((command) => [`${command.name} --help`, helpOf(command)]),
] as [name: string, page: string][];

for (const [name, page] of PAGES) {
  Deno.test(`virtglass ${name} fits a terminal of 80 by 24`, () => {
    const lines = page.split("\n");
    assert.ok(lines.length <= 23, `${lines.length} lines, and one for the prompt:\n${page}`);
    assert.deepEqual(lines.filter((line) => line.length > 80), []);
  });
}

Deno.test("every command is in the overview, and says what it does", () => {
  for (const { name, help, actions } of COMMANDS) {
    assert.match(overview(), new RegExp(`^  virtglass ${name} `, "m"));
    for (const text of [help, ...actions.map(({ help }) => help)]) assert.match(text, /^\w.*[^.]$/);
  }
});
