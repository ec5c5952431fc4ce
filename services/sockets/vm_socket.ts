import { type CommandData, VMSocketMessage } from "@/protocol/incoming/messages.ts";
import type { Connectivity } from "@/protocol/mod.ts";
import { asGlassError, GlassError } from "../errors.ts";
import { encode } from "../hub.ts";
import type { Services } from "../mod.ts";
import { metricsTopic } from "../monitor/mod.ts";
import { toStatus, type VMRecord, vmTopic } from "../vms/mod.ts";
import type { ClientSocket, SocketHandler } from "./socket.ts";

/** `/ws/vms/{name}`: the VM's state and metrics as they change, and commands. */
export function vmSocket(
  services: Services,
  record: VMRecord,
): SocketHandler<typeof VMSocketMessage> {
  const topics = [vmTopic(record.uuid), metricsTopic(record.uuid)];
  const listening = new DisposableStack();
  return {
    accepts: VMSocketMessage,
    opened(socket) {
      const { hub, hypervisor, monitor } = services;
      socket.push("status", toStatus(record));
      if (!hypervisor.connectivity.connected) tellLoss(hypervisor.connectivity, socket);
      const newest = monitor.newest(record);
      if (newest) socket.send(encode("metrics", newest.metrics, newest.time));
      for (const topic of topics) hub.subscribe(topic, socket);
      listening.use(hypervisor.onConnectivity((connectivity) => {
        if (connectivity.connected) socket.push("status", toStatus(record));
        else tellLoss(connectivity, socket);
      }));
    },
    async received(message, socket) {
      if (message.type === "command") await command(services, record, message.data, socket);
    },
    closed(socket) {
      listening.dispose();
      for (const topic of topics) services.hub.unsubscribe(topic, socket);
    },
  };
}

/** What is shown of the VM may be old from here on. */
function tellLoss({ message }: Connectivity, socket: ClientSocket): void {
  socket.fail(new GlassError("LIBVIRT_UNAVAILABLE", message ?? "libvirt does not answer."));
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
