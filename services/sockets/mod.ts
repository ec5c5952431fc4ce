import { CloseCode } from "@/protocol/codes.ts";
import { CONSOLE_PROTOCOL, PROTOCOL } from "@/protocol/limits.ts";
import type { Services } from "../mod.ts";
import { demand, may, type Operation, roleOn } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Peer } from "@/services/network/front.ts";
import type { VMRecord, VMs } from "../vms/mod.ts";
import { consoleSocket, resumePosition } from "./console_socket.ts";
import { eventsSocket } from "./events_socket.ts";
import { demandHandshake } from "./handshake.ts";
import { ClientSocket, type SocketHandler } from "./socket.ts";
import { agreedProtocol } from "./subprotocol.ts";
import { vmSocket } from "./vm_socket.ts";
import type * as z from "zod/mini";

/** Who asks for a socket. */
export interface Caller {
  session: Session;
  peer: Peer;
}

/** What the socket is about, null for the host, and what one must be allowed to have it. */
interface Purpose {
  operation: Operation;
  record: VMRecord | null;
}

/** Upgrades to `/ws/vms/{name}`. @throws GlassError before the upgrade */
export function openVMSocket(services: Services, caller: Caller, name: string): Response {
  const record = services.vms.find(caller.session, name);
  return open(services, caller, { operation: "read", record }, () => vmSocket(services, record));
}

/** Upgrades to `/ws/vms/{name}/console`. @throws GlassError before the upgrade */
export function openConsoleSocket(services: Services, caller: Caller, name: string): Response {
  const record = services.vms.find(caller.session, name);
  const purpose = { operation: "console.read", record } as const;
  const from = resumePosition(new URL(caller.peer.request.url));
  const protocol = agreedProtocol(caller.peer.request, [CONSOLE_PROTOCOL]);
  return open(services, caller, purpose, () => consoleSocket(services, record, from, protocol));
}

/** Upgrades to `/ws/events`. @throws GlassError before the upgrade */
export function openEventsSocket(services: Services, caller: Caller): Response {
  return open(
    services,
    caller,
    { operation: "follow", record: null },
    () => eventsSocket(services),
  );
}

/** @param make the handler; it is made once nothing can refuse the socket any more */
function open<Schema extends z.ZodMiniType>(
  services: Services,
  { session, peer: { request, address, connection } }: Caller,
  { operation, record }: Purpose,
  make: () => SocketHandler<Schema>,
): Response {
  demand(session, operation, record, record?.name);
  demandHandshake(request);
  const { sockets, gate: { sessions, limits } } = services;
  limits.demandRoom(session.user.name, address);
  const handler = make();
  const { socket, response } = Deno.upgradeWebSocket(request, {
    // No pings: heartbeats tell who is gone.
    idleTimeout: 0,
    ...(handler.protocol === undefined ? {} : { protocol: handler.protocol }),
  });
  let staying: Disposable | null = null;
  const whole: SocketHandler<Schema> = {
    ...handler,
    opened(socket) {
      if (!sockets.add(socket)) return;
      staying = closesWithVM(services.vms, record, socket);
      if (staying === null) return;
      socket.push("connection", {
        protocol: PROTOCOL,
        sessionId: session.id,
        vm: record?.name ?? null,
        role: roleOn(socket.session.user, record),
        heartbeatInterval: sockets.heartbeat,
        serverTime: new Date().toISOString(),
      });
      handler.opened(socket);
    },
    closed(socket) {
      sockets.remove(socket);
      staying?.[Symbol.dispose]();
      handler.closed(socket);
    },
  };
  const permitted = (now: Session) => may(now, operation, record);
  new ClientSocket(socket, session, whole, {
    sessions,
    limits,
    address,
    connection,
    permitted,
  });
  return response;
}

/** Closes the socket as soon as its VM is gone; where it is already, the answer is null. */
function closesWithVM(
  vms: VMs,
  record: VMRecord | null,
  socket: ClientSocket,
): Disposable | null {
  if (record === null) return new DisposableStack();
  const close = () => socket.close(CloseCode.vmGone, `VM "${record.name}" is gone.`);
  // It may have gone since the request was let in; one that was made anew is another VM.
  if (vms.record(record.uuid) !== record) {
    close();
    return null;
  }
  return vms.onChange((change) => {
    if (change.kind === "removed" && change.record === record) close();
  });
}
