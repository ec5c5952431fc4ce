import assert from "node:assert/strict";
import { Interning, textOf, wordsOfString } from "./interning.ts";

/** A C string in room of 80 bytes, with `behind` after its NUL. */
function words(text: string, behind = ""): Int32Array {
  const bytes = new Uint8Array(80);
  bytes.set(new TextEncoder().encode(`${text}\0${behind}`).subarray(0, 80));
  return new Int32Array(bytes.buffer);
}

const textObjects = () => new Interning((bytes) => ({ text: textOf(bytes) }));

Deno.test("Interning answers for words anywhere in memory, the same object each time", () => {
  const texts = textObjects();
  const first = texts.get(words("net.1.rx.pkts"), 0, 4);
  assert.equal(first.text, "net.1.rx.pkts");
  assert.equal(texts.get(new Int32Array([7, 7, ...words("net.1.rx.pkts")]), 2, 4), first);
  assert.equal(texts.size, 1);
});

Deno.test("Interning tells words apart that begin alike or hash alike", () => {
  const texts = textObjects();
  const first = texts.get(words("abcdefgh"), 0, 2);
  assert.notEqual(texts.get(words("abcdefgi"), 0, 2), first);
  // Its hash is 31 * hash + word: one less in a word and 31 more in the next give the same.
  const one = new Int32Array([0x41414142, 0x00414141]);
  const two = new Int32Array([0x41414141, 0x00414141 + 31]);
  assert.equal(texts.get(one, 0, 2).text, "BAAAAAA");
  assert.equal(texts.get(two, 0, 2).text, "AAAA`AA");
});

Deno.test("wordsOfString counts the words up to the NUL and clears what lies behind it there", () => {
  for (const text of ["", "a", "ab", "abc", "abcd", "block.0.rd.bytes"]) {
    const dirty = words(text, "xyz");
    const length = wordsOfString(dirty, 0, 20);
    assert.equal(length, Math.floor(text.length / 4) + 1, text);
    assert.deepEqual(dirty.subarray(0, length), words(text).subarray(0, length), text);
  }
  assert.equal(wordsOfString(words("x".repeat(80)), 0, 20), 20);
});
