import assert from "node:assert/strict";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { keepWholeLines } from "./whole_lines.ts";

const LONG = "x".repeat(200_000);

const FILES: [what: string, before: string, after: string][] = [
  ["an empty file", "", ""],
  ["whole lines", "a\nb\n", "a\nb\n"],
  ["a half line at the end", 'a\nb\n[1.5,"o","ha', "a\nb\n"],
  ["a half line that is longer than what is read at once", `a\n${LONG}`, "a\n"],
  ["a long line that is whole", `${LONG}\nb`, `${LONG}\n`],
  ["a half line alone", LONG, ""],
];
for (const [what, before, after] of FILES) {
  Deno.test(`keepWholeLines leaves the whole lines of ${what}`, () => {
    using folder = temporaryFolder();
    const path = `${folder.path}/lines`;
    Deno.writeTextFileSync(path, before);
    assert.equal(keepWholeLines(path), after.length);
    assert.equal(Deno.readTextFileSync(path), after);
  });
}
