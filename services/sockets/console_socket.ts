import { CloseCode, ConsoleSocketMessage } from "@/protocol.ts";
import type { Attachment, Viewer } from "../consoles/mod.ts";
import { fromBase64 } from "../base64.ts";
import type { Services } from "../mod.ts";
import { demand } from "../policy.ts";
import type { VMRecord } from "../vms/mod.ts";
import type { ClientSocket, SocketHandler } from "./socket.ts";

/** `/ws/vms/{name}/console`: the guest's bytes, and what is typed, as base64 in JSON. */
export function consoleSocket(
  services: Services,
  record: VMRecord,
): SocketHandler<typeof ConsoleSocketMessage> {
  let attachment: Attachment | null = null;
  const gone = services.vms.onChange(({ kind, record: { uuid } }) => {
    if (kind === "removed" && uuid === record.uuid) onGone();
  });
  let onGone = () => {};
  return {
    accepts: ConsoleSocketMessage,
    opened(socket) {
      onGone = () => socket.close(CloseCode.vmGone, `VM "${record.name}" is gone.`);
      attachment = services.consoles.attach(record, viewer(socket));
    },
    received(message, socket) {
      if (message.type !== "console_input") return;
      demand(socket.session, "console.write", record, record.name);
      attachment?.write(fromBase64(message.data.content));
    },
    closed() {
      gone[Symbol.dispose]();
      attachment?.[Symbol.dispose]();
    },
  };
}

function viewer(socket: ClientSocket): Viewer {
  return {
    output: (chunk) => socket.push("console", { content: chunk.base64, eof: false }),
    ended: () => socket.push("console", { content: "", eof: true }),
    refused: (error) => socket.fail(error),
  };
}
