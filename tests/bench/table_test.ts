import assert from "node:assert/strict";
import { absolute, compared } from "./row.ts";
import { markdownTable, textTable } from "./table.ts";
import { replaceTable } from "./document.ts";
import { kilobytes, ms } from "./units.ts";

const figures = [
  compared("suspend to status", 1.8e6, 1.6e6, ms, { atMost: 1.2 }),
  compared("requests", 50, 100, String, { atLeast: 0.7 }),
  absolute("JavaScript", 14_200, kilobytes, 15_000),
  absolute("JavaScript of login", 3, kilobytes, 0),
];

Deno.test("compared is ok on the right side of its limit only", () => {
  assert.deepEqual(figures.map((figure) => figure.ok), [true, false, true, false]);
});

Deno.test("textTable aligns its columns", () => {
  assert.deepEqual(textTable(figures.slice(0, 1)).split("\n"), [
    "what               virtglass  peer     ratio   must reach     ok",
    "suspend to status  1.80 ms    1.60 ms  1.13 x  at most 1.2 x  ok",
  ]);
});

Deno.test("markdownTable leaves the cells empty that do not apply", () => {
  const lines = markdownTable(figures).split("\n");
  assert.equal(lines[1], "| --- | --- | --- | --- | --- | --- |");
  assert.equal(lines[4], "| JavaScript | 14.2 kB |  |  | at most 15.0 kB | ok |");
});

Deno.test("replaceTable replaces what is between the markers and nothing else", () => {
  const mark = "<!-- table: written by `deno task bench --markdown` -->";
  const document = `a\n${mark}\nold\n<!-- end of table -->\nb\n`;
  assert.equal(
    replaceTable(document, "| new |"),
    `a\n${mark}\n\n| new |\n\n<!-- end of table -->\nb\n`,
  );
  assert.throws(() => replaceTable("no markers", ""), /has no/);
});
