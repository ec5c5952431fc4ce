import assert from "node:assert/strict";
import { firstLines, needsQuestion, readPaste } from "@/islands/hooks/terminal_paste.ts";

Deno.test("readPaste leaves one harmless line as it is, and asks nothing", () => {
  const paste = readPaste("echo 'Grüße'\t1");
  assert.deepEqual(paste, { text: "echo 'Grüße'\t1", lines: 1, bytes: 16, hidden: false });
  assert.equal(needsQuestion(paste), false);
});

Deno.test("readPaste asks about several lines, and about one that would run at once", () => {
  for (const text of ["a\nb", "a\r\nb", "a\rb"]) {
    const paste = readPaste(text);
    assert.deepEqual([paste.text, paste.lines, paste.hidden], ["a\nb", 2, false]);
    assert.equal(needsQuestion(paste), true);
  }
  const ended = readPaste("reboot\n");
  assert.deepEqual([ended.lines, needsQuestion(ended)], [1, true]);
});

Deno.test("readPaste takes out the mark that ends a paste, however it is hidden", () => {
  const hostile = [
    "echo \x1b[201~reboot",
    "echo \x9b201~reboot",
    "echo \x1b[200~\x1b[201~reboot",
    // What is left when the mark inside is taken out is a mark again.
    "echo \x1b[20\x1b[201~1~reboot",
  ];
  for (const text of hostile) {
    const paste = readPaste(text);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(paste.text, /[\x1b\x9b]/);
    assert.equal(paste.hidden, true);
    assert.equal(needsQuestion(paste), true);
  }
});

Deno.test("readPaste takes out characters that act as keys", () => {
  const paste = readPaste("a\x03b\x04c\x00d\x7fe\x85f");
  assert.deepEqual([paste.text, paste.hidden], ["abcdef", true]);
});

Deno.test("firstLines shows the beginning only", () => {
  const shown = firstLines(readPaste(`${"x".repeat(5000)}\n`.repeat(100)));
  assert.equal(shown.split("\n").length, 8);
  assert.ok(shown.length < 2000);
});
