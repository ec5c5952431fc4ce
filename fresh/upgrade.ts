import { HttpError } from "./http_error.ts";

export interface WebSocketHandlers {
  open?(socket: WebSocket): void;
  message?(socket: WebSocket, event: MessageEvent): void;
  close?(socket: WebSocket, code: number, reason: string): void;
  error?(socket: WebSocket, event: Event | ErrorEvent): void;
}

/** `idleTimeout` in seconds; `protocol` is the subprotocol to agree on. */
export interface WebSocketUpgradeOptions {
  idleTimeout?: number;
  protocol?: string;
}

const events = ["open", "message", "close", "error"] as const;

/** With handlers: the response. Without: the socket too, for the caller to listen on. */
export function upgrade(
  request: Request,
  first: WebSocketHandlers | WebSocketUpgradeOptions = {},
  second?: WebSocketUpgradeOptions,
): Response | { socket: WebSocket; response: Response } {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  if (!isHandlers(first)) return Deno.upgradeWebSocket(request, first);

  const { socket, response } = Deno.upgradeWebSocket(request, second);
  if (first.open) socket.addEventListener("open", () => first.open?.(socket));
  if (first.message) socket.addEventListener("message", (event) => first.message?.(socket, event));
  if (first.error) socket.addEventListener("error", (event) => first.error?.(socket, event));
  if (first.close) {
    socket.addEventListener("close", ({ code, reason }) => first.close?.(socket, code, reason));
  }
  return response;
}

function isHandlers(
  value: WebSocketHandlers | WebSocketUpgradeOptions,
): value is WebSocketHandlers {
  const entries: Record<string, unknown> = { ...value };
  return events.some((name) => typeof entries[name] === "function");
}
