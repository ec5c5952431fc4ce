import { CloseCode } from "@/protocol/codes.ts";
import { EventsSocketMessage } from "@/protocol/incoming/messages.ts";
import type { ServerData } from "@/protocol/mod.ts";
import type { Since } from "../event_log.ts";
import { COMMANDS_TOPIC, EVENTS_TOPIC } from "../events.ts";
import { HOST_TOPIC } from "../host.ts";
import { encode } from "../hub.ts";
import type { Services, Session } from "../mod.ts";
import { VMS_TOPIC } from "../vms/mod.ts";
import type { ClientSocket, SocketHandler } from "./socket.ts";
import { Topics } from "./topics.ts";

/** How many commands a snapshot has. */
const COMMANDS = 50;

/** `/ws/events`: the whole host, by topics. Every `subscribe` is answered with a snapshot. */
export function eventsSocket(services: Services): SocketHandler<typeof EventsSocketMessage> {
  let topics: Topics | null = null;
  return {
    accepts: EventsSocketMessage,
    opened(socket) {
      topics = new Topics(services.hub, socket);
    },
    received(message, socket) {
      if (message.type === "subscribe") {
        subscribe(services, socket, topics!, message.data);
      } else if (message.type === "unsubscribe") {
        topics!.leave(message.data.topics);
      }
    },
    sessionChanged(socket) {
      topics!.leaveHidden((uuid) => socket.sees({ uuid }));
      // Which VMs there are is another thing now, for better or worse.
      socket.push("subscribed", snapshot(services, socket, topics!));
    },
    closed() {
      topics?.leaveAll();
    },
  };
}

/**
 * Nothing is awaited between following and answering: what is live comes after the snapshot and what
 * was missed, and nothing in between. What cannot be followed is told before.
 */
function subscribe(
  services: Services,
  socket: ClientSocket,
  topics: Topics,
  { topics: names, since }: { topics: string[]; since?: number | undefined },
): void {
  const { session } = socket;
  const missing = topics.follow(names, (name) => services.vms.find(session, name).uuid);
  const { entries, ...gap } = missed(services, session, topics, since);
  const answer = { ...snapshot(services, socket, topics), ...gap };
  const { vms = [], commands = [] } = answer;
  const size = names.length + vms.length + commands.length + entries.length;
  const refusal = services.gate.limits.answer(session.user.name, size);
  if (refusal !== null) return socket.close(CloseCode.rateLimited, refusal);
  for (const error of missing) socket.fail(error);
  socket.push("subscribed", answer);
  for (const { event, time } of entries) socket.send(encode("event", event, time));
}

/** What has happened since of that which is followed; nothing where it is not asked for. */
function missed(
  { events }: Services,
  session: Session,
  topics: Topics,
  since: number | undefined,
): Since {
  const all = topics.has(EVENTS_TOPIC);
  if (since === undefined || !(all || topics.has(COMMANDS_TOPIC))) return { entries: [] };
  const { entries, ...gap } = events.since(session, since);
  return { entries: entries.filter(({ event }) => all || event.kind === "command"), ...gap };
}

function snapshot(
  { vms, host, events, commands }: Services,
  { session }: ClientSocket,
  topics: Topics,
): ServerData<"subscribed"> {
  const single = topics.singleVMs;
  const all = topics.has(VMS_TOPIC);
  return {
    topics: topics.names,
    seq: events.mark(),
    ...(topics.has(HOST_TOPIC) ? { host: host.snapshot(session) } : {}),
    ...(all ? { vms: vms.list(session) } : {}),
    ...(!all && single.size > 0 ? { vms: vms.details(session, single) } : {}),
    ...(topics.has(COMMANDS_TOPIC)
      ? { commands: commands.list(session, { limit: COMMANDS }) }
      : {}),
  };
}
