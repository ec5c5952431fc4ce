import { ERROR_CODES } from "../codes.ts";
import { PROTOCOL } from "../limits.ts";
import { action, role } from "../values.ts";
import * as z from "../zod.ts";
import { Command } from "./command.ts";
import {
  AttachedMessage,
  ConsoleMessage,
  EofMessage,
  GapMessage,
  InputMessage,
  PresenceMessage,
  ResizeHintMessage,
} from "./console_messages.ts";
import { EventMessage } from "./event.ts";
import { Host } from "./host.ts";
import { outgoing } from "./message.ts";
import { Metrics, Sample } from "./metrics.ts";
import { forgotten, textOrNull, time, uuid } from "./values.ts";
import { StatusData, VMNews } from "./vm.ts";

export const ConnectionMessage = outgoing(
  "connection",
  z.object({
    protocol: z.literal(PROTOCOL),
    sessionId: z.string(),
    vm: textOrNull,
    /** On this VM; without one the role for all VMs, null for who has none. */
    role: z.nullable(role),
    heartbeatInterval: z.number(),
    serverTime: time,
  }),
);
export const StatusMessage = outgoing("status", StatusData);
export const MetricsMessage = outgoing("metrics", Metrics);
export const ResponseMessage = outgoing(
  "response",
  z.object({ requestId: z.string(), success: z.boolean(), message: z.string() }),
);
export const ProgressMessage = outgoing(
  "progress",
  z.object({
    requestId: z.string(),
    action,
    state: z.enum(["queued", "running", "waiting"]),
    message: z.string(),
  }),
);

export const ErrorMessage = outgoing(
  "error",
  z.object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    requestId: z.optional(z.string()),
  }),
);
export const HeartbeatMessage = outgoing("heartbeat", z.object({}));

/** The session ends at `expiresAt` unless it is renewed with `auth`; comes 60 s before. */
export const AuthExpiringMessage = outgoing("auth_expiring", z.object({ expiresAt: time }));
/** Answer to `auth`: the session now lasts until then. */
export const AuthMessage = outgoing("auth", z.object({ expiresAt: time }));

/**
 * Answer to `subscribe` on `/ws/events`: what is true now. Later messages replace parts of it. Events
 * since `since` follow it; those of `gap` (both ends included) are not remembered any more.
 */
export const SubscribedMessage = outgoing(
  "subscribed",
  z.object({
    topics: z.array(z.string()),
    seq: z.int(),
    gap: forgotten,
    host: z.optional(Host),
    vms: z.optional(z.array(VMNews)),
    commands: z.optional(z.array(Command)),
  }),
);
/** One VM as it is now: replaces the one with the same uuid. */
export const VMMessage = outgoing("vm", VMNews);
/** A VM that is gone: undefined, or no longer visible. */
export const VMRemovedMessage = outgoing("vm_removed", z.object({ uuid, name: z.string() }));
export const HostMessage = outgoing("host", Host);
/** All samples of one tick, by VM name. */
export const SamplesMessage = outgoing("samples", z.object({ vms: z.record(z.string(), Sample) }));

export const ServerMessage = z.discriminatedUnion("type", [
  ConnectionMessage,
  StatusMessage,
  MetricsMessage,
  ResponseMessage,
  ProgressMessage,
  ConsoleMessage,
  AttachedMessage,
  GapMessage,
  PresenceMessage,
  ResizeHintMessage,
  EofMessage,
  InputMessage,
  ErrorMessage,
  HeartbeatMessage,
  AuthExpiringMessage,
  AuthMessage,
  EventMessage,
  SubscribedMessage,
  VMMessage,
  VMRemovedMessage,
  HostMessage,
  SamplesMessage,
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
export type ServerMessageType = ServerMessage["type"];
/** The `data` of the server message with this `type`. */
export type ServerData<T extends ServerMessageType> = Extract<ServerMessage, { type: T }>["data"];
export type Response = ServerData<"response">;
export type Progress = ServerData<"progress">;
