import type { Told } from "@/components/Outcome.tsx";
import { type ChoiceName, CHOICES } from "@/components/power.ts";
import {
  applyToCommand,
  type CommandState,
  isPending,
  lost,
  requestId,
  toldOf,
} from "@/islands/hooks/command_state.ts";
import { borrow } from "@/islands/hooks/shared_socket.ts";
import { link as texts, power } from "@/texts/mod.ts";

/**
 * Gives one command to a VM over its socket, which is opened for that if the page has none.
 * `tell` hears of everything that becomes of it; resolves with its end.
 */
export async function runCommand(
  uuid: string,
  name: ChoiceName,
  tell: (told: Told) => void,
): Promise<Told> {
  const { action, force } = CHOICES[name];
  const ended = Promise.withResolvers<Told>();
  const { socket, release } = borrow(`/ws/vms/${uuid}`, `/api/v1/vms/${uuid}`);
  let command: CommandState | null = null;
  const become = (next: CommandState | null) => {
    if (next === null || next === command) return;
    command = next;
    const told = toldOf(next, power.doing[name]);
    tell(told);
    if (!isPending(next)) ended.resolve(told);
  };
  const stops = [
    socket.listen((message) => become(applyToCommand(command, message))),
    socket.watch((link) => {
      if (link.kind === "connecting") return;
      const given: CommandState = command ??
        { requestId: requestId(), action, force, phase: "sent", message: "" };
      if (link.kind === "live") {
        if (command !== null) return;
        const data = { action, requestId: given.requestId, ...(force ? { force } : {}) };
        if (socket.send({ type: "command", data })) become(given);
      } else if (command !== null) become(lost(command));
      else {
        const message = link.kind === "ended" ? link.reason : texts.unreachable;
        become({ ...given, phase: "failed", message });
      }
    }),
  ];
  try {
    return await ended.promise;
  } finally {
    for (const stop of stops) stop();
    release();
  }
}
