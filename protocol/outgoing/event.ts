import * as z from "../zod.ts";
import { outgoing } from "./message.ts";
import { detail, forgotten, textOrNull, time } from "./values.ts";

/**
 * Something that happened; `seq` grows with every event of this server, also over its restarts unless
 * its clock was set back before. How far two are apart says nothing.
 */
export const EventMessage = outgoing(
  "event",
  z.object({ seq: z.int(), kind: z.string(), vm: textOrNull, detail }),
);

/** An event as REST lists it, with its time. */
export const Event = z.extend(EventMessage.shape.data, { time });
export type Event = z.infer<typeof Event>;

/** Events, the oldest first; those of `gap` (both ends included) are not remembered any more. */
export const EventList = z.object({ seq: z.int(), gap: forgotten, events: z.array(Event) });
export type EventList = z.infer<typeof EventList>;
