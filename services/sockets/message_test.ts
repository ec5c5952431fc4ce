import assert from "node:assert/strict";
import { VMSocketMessage } from "@/protocol/incoming/messages.ts";
import { cut, InvalidMessage, isLonger, parseMessage } from "./message.ts";

for (
  const [message, requestId] of [
    [{ type: "command", data: { action: "explode", requestId: "1" } }, "1"],
    [{ type: "command", data: { action: "stop", requestId: "1", vm: "other" } }, "1"],
    [{ type: "comand", data: { action: "stop", requestId: "1" } }, "1"],
    [{ type: "command", data: { action: "stop", requestId: "" } }, undefined],
    [{ type: "command", data: { action: "stop", requestId: 1 } }, undefined],
    [{ type: "command", requestId: "1" }, undefined],
    [null, undefined],
  ] as const
) {
  const text = JSON.stringify(message);
  Deno.test(`parseMessage refuses ${text}, to be answered by ${requestId}`, () => {
    const refused = (error: unknown) =>
      error instanceof InvalidMessage && error.requestId === requestId;
    assert.throws(() => parseMessage(text, VMSocketMessage), refused);
  });
}

for (
  const [text, bytes] of [["", 0], ["abc", 3], ["ü", 2], ["€", 3], ["😀", 4], ["a😀b", 6]] as const
) {
  Deno.test(`isLonger counts ${JSON.stringify(text)} as ${bytes} bytes`, () => {
    assert.equal(isLonger(text, bytes), false);
    assert.equal(isLonger(text, bytes - 1), true);
  });
}

Deno.test("isLonger counts the bytes of binary messages", () => {
  assert.equal(isLonger(new ArrayBuffer(5), 5), false);
  assert.equal(isLonger(new ArrayBuffer(5), 4), true);
});

Deno.test("cut leaves a text that fits, and ends another one at a character", () => {
  assert.equal(cut("x".repeat(123), 123), "x".repeat(123));
  assert.equal(cut("x".repeat(124), 123), `${"x".repeat(120)}…`);
  for (const text of ["ü", "€", "😀"].map((letter) => `a${letter.repeat(100)}`)) {
    const short = cut(text, 123);
    assert.ok(!isLonger(short, 123), short);
    assert.ok(short.isWellFormed() && text.startsWith(short.slice(0, -1)), short);
  }
});
