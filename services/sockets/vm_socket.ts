import { CloseCode } from "@/protocol/codes.ts";
import { type CommandData, VMSocketMessage } from "@/protocol/incoming/messages.ts";
import { asGlassError } from "../errors.ts";
import type { Services } from "../mod.ts";
import { isTelling, metricsTopic } from "../monitor/mod.ts";
import { toStatus, type VMRecord, vmTopic } from "../vms/mod.ts";
import type { ClientSocket, SocketHandler } from "./socket.ts";

/** `/ws/vms/{name}`: the VM's state and metrics as they change, and commands. */
export function vmSocket(
  services: Services,
  record: VMRecord,
): SocketHandler<typeof VMSocketMessage> {
  const topics = [vmTopic(record.uuid), metricsTopic(record.uuid)];
  let removal: Disposable | null = null;
  return {
    accepts: VMSocketMessage,
    opened(socket) {
      socket.push("status", toStatus(record));
      const metrics = record.sample?.metrics;
      if (metrics && isTelling(metrics)) socket.push("metrics", metrics);
      for (const topic of topics) services.hub.subscribe(topic, socket);
      removal = services.vms.onChange((change) => {
        if (change.kind !== "removed" || change.record.uuid !== record.uuid) return;
        socket.close(CloseCode.vmGone, `VM "${record.name}" is gone.`);
      });
    },
    async received(message, socket) {
      if (message.type === "command") await command(services, record, message.data, socket);
    },
    closed(socket) {
      removal?.[Symbol.dispose]();
      for (const topic of topics) services.hub.unsubscribe(topic, socket);
    },
  };
}

async function command(
  { commands }: Services,
  record: VMRecord,
  data: CommandData,
  socket: ClientSocket,
): Promise<void> {
  try {
    const response = await commands.run(
      socket.session,
      socket.address,
      record.uuid,
      data,
      (progress) => socket.push("progress", progress),
    );
    socket.push("response", response);
  } catch (error) {
    socket.fail(asGlassError(error), data.requestId);
  }
}
