import { action, columnsAndRows } from "../values.ts";
import * as z from "../zod.ts";
import { requestId } from "./request_id.ts";

/**
 * Clients may leave `timestamp` out: nothing depends on it. The user's document writes offsets
 * without a colon (`-0400`), which RFC 3339 does not allow, so any date that parses is taken.
 */
const clientTime = z.optional(
  z.string().check(
    z.maxLength(64),
    z.refine((text) => !Number.isNaN(Date.parse(text)), { error: "is not a time" }),
  ),
);

const incoming = <T extends string, D extends z.ZodMiniType>(type: T, data: D) =>
  z.strictObject({ type: z.literal(type), timestamp: clientTime, data });

export const CommandMessage = incoming(
  "command",
  z.strictObject({ action, requestId, force: z.optional(z.boolean()) }),
);
export type CommandData = z.infer<typeof CommandMessage>["data"];
/** What a message is answered by, whatever else is wrong with it. */
export const Answerable = z.object({ data: z.object({ requestId }) });

export const ConsoleInputMessage = incoming(
  "console_input",
  z.strictObject({ content: z.base64() }),
);

export const Topic = z.string().check(
  z.maxLength(300),
  z.regex(/^(vms|events|commands|host|metrics:\*|metrics:.+|vm:.+)$/s, {
    error: "is not one of vms, vm:NAME, metrics:NAME, metrics:*, events, commands, host",
  }),
);
const topics = z.array(Topic).check(z.minLength(1), z.maxLength(256));
export const SubscribeMessage = incoming(
  "subscribe",
  z.strictObject({ topics, since: z.optional(z.int().check(z.nonnegative())) }),
);
export const UnsubscribeMessage = incoming("unsubscribe", z.strictObject({ topics }));

const ClientHeartbeat = incoming("heartbeat", z.strictObject({}));
/** Renews the socket's session with a newer token of the same user. */
const ClientAuth = incoming(
  "auth",
  z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(4096)) }),
);
/** What every socket accepts. */
const COMMON = [ClientHeartbeat, ClientAuth] as const;
export type CommonMessage = z.infer<(typeof COMMON)[number]>;

/** Takes the console from whatever else holds it. */
const TakeoverMessage = incoming("takeover", z.strictObject({}));
const ClientResizeHint = incoming("resize_hint", z.strictObject(columnsAndRows));

/** What each socket accepts. */
export const VMSocketMessage = z.discriminatedUnion("type", [CommandMessage, ...COMMON]);
export const ConsoleSocketMessage = z.discriminatedUnion("type", [
  ConsoleInputMessage,
  TakeoverMessage,
  ClientResizeHint,
  ...COMMON,
]);
export const EventsSocketMessage = z.discriminatedUnion("type", [
  SubscribeMessage,
  UnsubscribeMessage,
  ...COMMON,
]);
export type ClientMessage =
  | z.input<typeof VMSocketMessage>
  | z.input<typeof ConsoleSocketMessage>
  | z.input<typeof EventsSocketMessage>;
