/**
 * The subprotocol that client and server agree on: the first of ours that the request lists, or
 * undefined, in which case nothing is echoed. What the client alone knows is never echoed.
 */
export function agreedProtocol<Name extends string>(
  request: Request,
  ours: readonly Name[],
): Name | undefined {
  const header = request.headers.get("sec-websocket-protocol") ?? "";
  const theirs = new Set(header.split(",").map((name) => name.trim()));
  return ours.find((name) => theirs.has(name));
}
