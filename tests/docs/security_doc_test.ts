/** Holds docs/SECURITY.md to what it says of tests: each that it names is there. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { project } from "@/tasks/build/project.ts";

const page = await Deno.readTextFile(`${project}/docs/SECURITY.md`);

interface Named {
  file: string;
  names: string[];
}

/** In a cell: "`FILE`: "NAME", "NAME"; `FILE`: ..." */
function namedTests(cell: string): Named[] {
  return cell.split("; ").map((part) => {
    const [, file, rest] = /^`([^`]+_test\.tsx?)`(?:: (.*))?$/.exec(part.trim()) ?? [];
    assert.ok(file, `not a test: ${part}`);
    return { file, names: [...(rest ?? "").matchAll(/"([^"]+)"/g)].map(([, name]) => name!) };
  });
}

/** The last cells of the tables of threats. */
const rows = page.split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) => line.slice(1, -1).split(" | ").map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5 && cells[4] !== "test" && !/^:?-+:?$/.test(cells[4]!));

/** The names of tests and steps in a file's text, with `${...}` as it stands there. */
function testsIn(text: string): string[] {
  const name = /(?:Deno\.test\(|\.step\(|\bname:)\s*(?:"((?:[^"\\]|\\.)+)"|`((?:[^`\\]|\\.)+)`)/g;
  return [...text.matchAll(name)].map(([, plain, template]) => (plain ?? template)!);
}

Deno.test("docs/SECURITY.md names a test for every threat", () => {
  assert.ok(rows.length > 30, `only ${rows.length} rows were found`);
  for (const cells of rows) {
    for (const cell of cells) assert.notEqual(cell, "", cells.join(" | "));
    assert.ok(namedTests(cells[4]!).length > 0);
  }
});

const files = new Map<string, Set<string>>();
for (const cells of rows) {
  for (const { file, names } of namedTests(cells[4]!)) {
    const known = files.get(file) ?? new Set();
    for (const name of names) known.add(name);
    files.set(file, known);
  }
}

for (const [file, names] of files) {
  Deno.test(`docs/SECURITY.md: the tests of ${file} that it names exist`, () => {
    assert.ok(existsSync(`${project}/${file}`), "there is no such file");
    const tests = testsIn(Deno.readTextFileSync(`${project}/${file}`));
    const missing = [...names].filter((name) => !tests.some((test) => test.includes(name)));
    assert.deepEqual(missing, []);
  });
}

Deno.test("docs/SECURITY.md names no setting that there is not", async () => {
  const { SETTINGS } = await import("@/services/config/mod.ts");
  const flags = new Set(SETTINGS.map(({ flag }) => `--${flag}`));
  const keys = new Set(SETTINGS.map(({ key }) => key));
  const named = [...page.matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag!)
    .filter((flag) => !["--version", "--allow-"].includes(flag));
  assert.deepEqual(named.filter((flag) => !flags.has(flag)), []);
  const dotted = [...page.matchAll(/`((?:limits|auth|sessions)\.[a-z-]+)`/g)].map(([, key]) =>
    key!
  );
  assert.deepEqual(dotted.filter((key) => !keys.has(key)), []);
});
