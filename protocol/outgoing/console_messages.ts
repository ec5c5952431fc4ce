/** A console's own; in the binary subprotocol its bytes are binary messages instead of `console`. */
import { columnsAndRows } from "../values.ts";
import { EOF_REASONS } from "../words.ts";
import * as z from "../zod.ts";
import { outgoing } from "./message.ts";
import { count, textOrNull, time } from "./values.ts";

export const ConsoleMessage = outgoing(
  "console",
  z.object({ content: z.base64(), eof: z.boolean() }),
);

/** Somebody who looks at a console. `id` is unique among them. */
export const ConsoleViewer = z.object({
  id: z.string(),
  user: z.string(),
  readOnly: z.boolean(),
  since: time,
});
export type ConsoleViewer = z.infer<typeof ConsoleViewer>;

/**
 * Who is there. `responder` is the one viewer whose terminal may answer what the guest asks of a
 * terminal, such as where its cursor is; null when nobody may write.
 */
const presence = { viewers: z.array(ConsoleViewer), responder: textOrNull };

/**
 * The bytes that follow belong to stream `streamId` from byte `offset` on; the first `size` of them
 * were said before this socket opened. Comes first, and again whenever a new stream begins.
 */
export const AttachedMessage = outgoing(
  "attached",
  z.object({
    streamId: z.string(),
    offset: count,
    size: count,
    readOnly: z.boolean(),
    /** Which of the viewers this client is. */
    viewerId: z.string(),
    /** Whether this console is being recorded. */
    recording: z.boolean(),
    ...presence,
  }),
);
/** Bytes `from` up to, but without, `to` of this stream are skipped; the next byte is `to`. */
export const GapMessage = outgoing("gap", z.object({ from: count, to: count }));
export const PresenceMessage = outgoing(
  "presence",
  z.object({ recording: z.boolean(), ...presence }),
);
/** The size of the responder's terminal; sent by it, and passed on to the others. */
export const ResizeHintMessage = outgoing("resize_hint", z.object(columnsAndRows));
/** End of a stream, in the binary subprotocol; JSON has `console` with `eof` true. */
export const EofMessage = outgoing("eof", z.object({ reason: z.enum(EOF_REASONS) }));
/** How many bytes of this client's input the guest has taken since the socket opened. */
export const InputMessage = outgoing("input", z.object({ taken: count }));
