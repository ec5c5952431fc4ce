import assert from "node:assert/strict";
import { GlassError } from "../errors.ts";
import { demandHandshake } from "./handshake.ts";

const GOOD = {
  "upgrade": "WebSocket",
  "connection": "keep-alive, Upgrade",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

const asked = (changes: Record<string, string | null> = {}, method = "GET") => {
  const headers = Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== null);
  return new Request("http://localhost/ws/events", {
    method,
    headers: headers as [string, string][],
  });
};

Deno.test("demandHandshake takes what RFC 6455 asks for", () => {
  demandHandshake(asked());
  demandHandshake(asked({ upgrade: "websocket", connection: "upgrade" }));
});

for (
  const [what, request] of Object.entries({
    "HEAD": asked({}, "HEAD"),
    "no upgrade": asked({ upgrade: null }),
    "an upgrade to something else": asked({ upgrade: "h2c" }),
    "no connection": asked({ connection: null }),
    "a connection that only lives on": asked({ connection: "keep-alive" }),
    "no key": asked({ "sec-websocket-key": null }),
    "a short key": asked({ "sec-websocket-key": "dGhlIHNhbXBsZQ==" }),
    "no version": asked({ "sec-websocket-version": null }),
    "another version": asked({ "sec-websocket-version": "8" }),
  })
) {
  Deno.test(`demandHandshake refuses ${what}`, () => {
    assert.throws(
      () => demandHandshake(request),
      (error: unknown) => error instanceof GlassError && error.code === "INVALID_MESSAGE",
    );
  });
}
