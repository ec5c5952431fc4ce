import { ConsoleSocketMessage } from "@/protocol/incoming/messages.ts";
import type { CONSOLE_PROTOCOL } from "@/protocol/mod.ts";
import { fromBase64 } from "../base64.ts";
import type { Hold, Position } from "../consoles/mod.ts";
import { GlassError } from "../errors.ts";
import type { Services } from "../mod.ts";
import { may } from "@/services/identity/policy.ts";
import type { VMRecord } from "../vms/mod.ts";
import { ConsoleTrail } from "./console_trail.ts";
import { keystroke } from "./keystroke.ts";
import type { SocketHandler } from "./socket.ts";
import { SocketViewer } from "./socket_viewer.ts";

/**
 * `/ws/vms/{name}/console`: the guest's bytes, and what is typed. As base64 in JSON, or with the
 * subprotocol as binary messages.
 */
export function consoleSocket(
  services: Services,
  record: VMRecord,
  from: Position | null,
  protocol: typeof CONSOLE_PROTOCOL | undefined,
): SocketHandler<typeof ConsoleSocketMessage> {
  let hold: Hold | null = null;
  let trail: ConsoleTrail | null = null;
  const type = (bytes: Uint8Array) => {
    trail?.type(bytes);
    hold?.write(bytes);
  };
  return {
    accepts: ConsoleSocketMessage,
    recognise: keystroke,
    protocol,
    opened(socket) {
      const mayType = () => {
        const session = services.gate.sessions.current(socket.session);
        return session !== null && may(session, "console.write", record);
      };
      const viewer = new SocketViewer(socket, record, protocol !== undefined, mayType);
      hold = services.consoles.attach(record, viewer, from);
      const { audit, limits } = services.gate;
      trail = new ConsoleTrail(audit, limits, socket, record);
    },
    received(message) {
      switch (message.type) {
        case "console_input":
          return type(fromBase64(message.data.content));
        case "takeover":
          return trail?.takeOver((failed) => hold?.takeOver(failed));
        case "resize_hint":
          return hold?.resized(message.data);
      }
    },
    // Without the subprotocol a binary message is a mistake, not input.
    ...(protocol === undefined ? {} : { binary: type }),
    sessionChanged: () => hold?.changed(),
    closed() {
      hold?.[Symbol.dispose]();
      trail?.leave();
    },
  };
}

/** @throws GlassError INVALID_MESSAGE when `?stream=` and `?offset=` are not both right */
export function resumePosition({ searchParams }: URL): Position | null {
  const [streamId, offset] = [searchParams.get("stream"), searchParams.get("offset")];
  if (streamId === null && offset === null) return null;
  if (streamId && offset !== null && /^\d{1,15}$/.test(offset)) {
    return { streamId, offset: Number(offset) };
  }
  throw new GlassError("INVALID_MESSAGE", "?stream=ID and &offset=N (a byte count) go together.");
}
