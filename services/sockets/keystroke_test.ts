import assert from "node:assert/strict";
import { ConsoleInputMessage } from "@/protocol/incoming/messages.ts";
import { keystroke } from "./keystroke.ts";

for (const content of ["", "YQ==", "YWI=", "YWJj", "G1tB", "+/+/", "A".repeat(40)]) {
  const text = JSON.stringify({ type: "console_input", data: { content } });
  Deno.test(`keystroke says of ${text} what the schema says`, () => {
    assert.deepEqual(keystroke(text), ConsoleInputMessage.parse(JSON.parse(text)));
  });
}

for (
  const text of [
    ...["Y", "YQ", "YQ=", "YQ===", "=YQ=", "YW-_", "Y Q=", "A".repeat(44)]
      .map((content) => JSON.stringify({ type: "console_input", data: { content } })),
    '{"type":"console_input","data":{"content":"YQ=="},"more":1}',
    '{"type":"console_input","data":{"content":"YQ==","more":1}}',
    '{"type":"console_input","data":{"content":"YQ=="}}\n',
    '{"type":"console_input","data":{"content":"YQ=="}} ',
    '{"type": "console_input", "data": {"content": "YQ=="}}',
    '{"type":"takeover","data":{}}',
    "",
  ]
) {
  Deno.test(`keystroke leaves ${JSON.stringify(text)} to the schema`, () => {
    assert.equal(keystroke(text), null);
  });
}
