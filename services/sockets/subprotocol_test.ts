import assert from "node:assert/strict";
import { agreedProtocol } from "./subprotocol.ts";

const OURS = ["virtglass.console.v1", "virtglass.console.v0"];
const agreed = (header?: string) =>
  agreedProtocol(
    new Request("http://glass.example/", {
      headers: header === undefined ? {} : { "sec-websocket-protocol": header },
    }),
    OURS,
  );

for (
  const [header, protocol] of [
    [undefined, undefined],
    ["", undefined],
    ["chat", undefined],
    ["virtglass.console.v1", "virtglass.console.v1"],
    ["chat, virtglass.console.v1", "virtglass.console.v1"],
    ["virtglass.console.v0,virtglass.console.v1", "virtglass.console.v1"],
    ["virtglass.console.v0", "virtglass.console.v0"],
    ["VIRTGLASS.CONSOLE.V1", undefined],
    ["virtglass.console.v11", undefined],
  ] as const
) {
  Deno.test(`agreedProtocol of ${JSON.stringify(header)} is ${protocol}`, () => {
    assert.equal(agreed(header), protocol);
  });
}
