import assert from "node:assert/strict";
import { Program, run } from "./program.ts";

Deno.test("run answers the lines of a program", async () => {
  assert.deepEqual(await run("printf", ["a\\nb\\n"]), ["a", "b"]);
});

Deno.test("run gives a program its input", async () => {
  assert.deepEqual(await run("cat", [], "one\ntwo\n"), ["one", "two"]);
});

Deno.test("run throws with the stderr of a program that fails", async () => {
  await assert.rejects(run("sh", ["-c", "echo broken >&2; exit 1"]), /sh failed: broken/);
});

Deno.test("Program answers one line to each question, and ends when disposed", async () => {
  await using program = new Program("cat", []);
  assert.equal(await program.ask("one"), "one");
  assert.equal(await program.ask("two"), "two");
  assert.deepEqual(program.lines, ["one", "two"]);
});

Deno.test("Program tells its last words when it ends before the line that is waited for", async () => {
  await using program = new Program("sh", ["-c", "echo broken >&2"]);
  await assert.rejects(program.line(0), /sh ended too early: broken/);
});
