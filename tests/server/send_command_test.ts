import assert from "node:assert/strict";
import { type CommandState, isPending } from "@/islands/hooks/command_state.ts";
import { sendCommand } from "@/islands/hooks/send_command.ts";
import { Socket } from "@/islands/hooks/socket.ts";
import { LossyLine } from "@/tests/harness/lossy_line.ts";
import { Server } from "@/tests/harness/server.ts";
import { within } from "@/tests/harness/wait.ts";

Deno.test("commands whose connection breaks are done once, and their outcome is told", async () => {
  await using server = await Server.start({ connect: "test:///default" });
  await using line = new LossyLine(server.url);
  const address = `${line.url.replace("http", "ws")}/ws/vms/test?token=${server.token}`;
  const socket = new Socket(address, { check: `${server.url}/healthz`, delay: () => 20 });
  const live = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = socket.watch(({ kind }) => kind === "live" && resolve());
    return within(10_000, "the socket", promise).finally(stop);
  };
  const given: string[] = [];
  // The command does not get there, or its answer does not come back.
  for (
    const [action, breaksWhen] of [
      ["suspend", "sent"],
      ["resume", "running"],
      ["suspend", "running"],
      ["resume", "sent"],
    ] as const
  ) {
    await live();
    let broken = false;
    const { promise, resolve } = Promise.withResolvers<CommandState>();
    const forget = sendCommand(socket, { action, force: false }, (command) => {
      if (!isPending(command)) resolve(command);
      if (broken || command.phase !== breaksWhen) return;
      broken = true;
      line.cut();
    });
    const { requestId, phase, message } = await within(15_000, `the end of ${action}`, promise);
    forget();
    assert.deepEqual([phase, broken], ["done", true], message);
    given.push(requestId);
  }
  socket.close();
  const commands = await server.json("/api/v1/commands") as { requestId: string }[];
  assert.deepEqual(commands.map(({ requestId }) => requestId).toReversed(), given);
});
