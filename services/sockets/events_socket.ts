import { EventsSocketMessage, type ServerData } from "@/protocol.ts";
import { GlassError } from "../errors.ts";
import { EVENTS_TOPIC } from "../events.ts";
import { HOST_TOPIC } from "../host.ts";
import type { Services } from "../mod.ts";
import { ALL_METRICS_TOPIC, sampleTopic } from "../monitor/mod.ts";
import { vmRowTopic, VMS_TOPIC } from "../vms/mod.ts";
import type { ClientSocket, SocketHandler } from "./socket.ts";

/** `/ws/events`: the whole host, by topics. Every `subscribe` is answered with a snapshot. */
export function eventsSocket(services: Services): SocketHandler<typeof EventsSocketMessage> {
  const { hub } = services;
  /** By the name the client used, the hub's topic. */
  const topics = new Map<string, string>();
  return {
    accepts: EventsSocketMessage,
    opened() {},
    received(message, socket) {
      if (message.type === "subscribe") {
        // All names are looked up first: an unknown one subscribes to nothing.
        const found = message.data.topics.map((name) => [name, hubTopic(services, socket, name)]);
        for (const [name, topic] of found as [string, string][]) {
          topics.set(name, topic);
          hub.subscribe(topic, socket);
        }
        socket.push("subscribed", snapshot(services, socket, [...topics.keys()]));
      } else if (message.type === "unsubscribe") {
        for (const name of message.data.topics) {
          const topic = topics.get(name);
          if (topic) hub.unsubscribe(topic, socket);
          topics.delete(name);
        }
      }
    },
    closed(socket) {
      for (const topic of topics.values()) hub.unsubscribe(topic, socket);
    },
  };
}

const PLAIN = new Set([VMS_TOPIC, EVENTS_TOPIC, HOST_TOPIC, ALL_METRICS_TOPIC]);

/** @throws GlassError VM_NOT_FOUND for a VM that is unknown or may not be seen */
function hubTopic({ vms }: Services, { session }: ClientSocket, topic: string): string {
  if (PLAIN.has(topic)) return topic;
  const [kind, name] = [topic.slice(0, topic.indexOf(":")), topic.slice(topic.indexOf(":") + 1)];
  if (kind === "vm") return vmRowTopic(vms.find(session, name).uuid);
  if (kind === "metrics") return sampleTopic(vms.find(session, name).uuid);
  throw new GlassError("INVALID_MESSAGE", `There is no topic "${topic}".`);
}

function snapshot(
  { vms, host, events }: Services,
  { session }: ClientSocket,
  topics: string[],
): ServerData<"subscribed"> {
  const single = topics.filter((topic) => topic.startsWith("vm:")).map((topic) => topic.slice(3));
  const shown = topics.includes(VMS_TOPIC)
    ? vms.list(session)
    : vms.list(session).filter(({ name, uuid }) => single.includes(name) || single.includes(uuid));
  return {
    topics,
    seq: events.seq,
    ...(topics.includes(HOST_TOPIC) ? { host: host.snapshot() } : {}),
    ...(topics.includes(VMS_TOPIC) || single.length > 0 ? { vms: shown } : {}),
  };
}
