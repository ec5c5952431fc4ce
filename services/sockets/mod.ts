import { CONSOLE_PROTOCOL, HEARTBEAT_INTERVAL, PROTOCOL } from "@/protocol.ts";
import { GlassError } from "../errors.ts";
import type { Services } from "../mod.ts";
import { demand } from "../policy.ts";
import type { Session } from "../sessions.ts";
import { consoleSocket, resumePosition } from "./console_socket.ts";
import { eventsSocket } from "./events_socket.ts";
import { ClientSocket, type SocketHandler } from "./socket.ts";
import { vmSocket } from "./vm_socket.ts";
import type * as z from "zod";

/** Seconds after which Deno itself gives a peer up that answers no ping. */
const IDLE_TIMEOUT = 30;

/** Upgrades to `/ws/vms/{name}`. @throws GlassError before the upgrade */
export function openVMSocket(
  request: Request,
  services: Services,
  session: Session,
  name: string,
): Response {
  const record = services.vms.find(session, name);
  demand(session, "read", record, record.name);
  return open(request, services, session, record.name, vmSocket(services, record));
}

/** Upgrades to `/ws/vms/{name}/console`. @throws GlassError before the upgrade */
export function openConsoleSocket(
  request: Request,
  services: Services,
  session: Session,
  name: string,
): Response {
  const record = services.vms.find(session, name);
  demand(session, "console.read", record, record.name);
  const handler = consoleSocket(services, record, resumePosition(new URL(request.url)));
  return open(request, services, session, record.name, handler, CONSOLE_PROTOCOL);
}

/** Upgrades to `/ws/events`. @throws GlassError before the upgrade */
export function openEventsSocket(
  request: Request,
  services: Services,
  session: Session,
): Response {
  demand(session, "read", null);
  return open(request, services, session, null, eventsSocket(services));
}

function open<Schema extends z.ZodType>(
  request: Request,
  services: Services,
  session: Session,
  vm: string | null,
  handler: SocketHandler<Schema>,
  /** The subprotocol that is spoken when the client offers it. */
  protocol?: string,
): Response {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new GlassError("INVALID_MESSAGE", "This address is a WebSocket; upgrade the request.");
  }
  const offered = request.headers.get("sec-websocket-protocol")?.split(",") ?? [];
  const agreed = offered.some((name) => name.trim() === protocol) ? protocol : undefined;
  const { socket, response } = Deno.upgradeWebSocket(request, {
    idleTimeout: IDLE_TIMEOUT,
    ...(agreed === undefined ? {} : { protocol: agreed }),
  });
  new ClientSocket(socket, session, {
    ...handler,
    opened(client) {
      services.sockets.add(client);
      client.push("connection", {
        protocol: PROTOCOL,
        sessionId: session.id,
        vm,
        role: session.user.role,
        heartbeatInterval: HEARTBEAT_INTERVAL,
        serverTime: new Date().toISOString(),
      });
      handler.opened(client);
    },
    closed(client) {
      services.sockets.remove(client);
      handler.closed(client);
    },
  }, agreed);
  return response;
}
