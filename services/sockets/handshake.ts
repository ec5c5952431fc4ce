import { GlassError } from "../errors.ts";

/** 16 bytes in base64. */
const KEY = /^[A-Za-z0-9+/]{22}==$/;

/**
 * What a client must send to open a socket (RFC 6455, 4.2.1). Deno throws at some of it, and takes
 * the rest for granted.
 *
 * @throws GlassError INVALID_MESSAGE
 */
export function demandHandshake({ method, headers }: Request): void {
  const connection = headers.get("connection")?.toLowerCase().split(/\s*,\s*/) ?? [];
  const whole = method === "GET" &&
    headers.get("upgrade")?.toLowerCase() === "websocket" &&
    connection.includes("upgrade") &&
    headers.get("sec-websocket-version") === "13" &&
    KEY.test(headers.get("sec-websocket-key") ?? "");
  if (whole) return;
  throw new GlassError(
    "INVALID_MESSAGE",
    "This address is a WebSocket, and the request is no upgrade to version 13.",
  );
}
