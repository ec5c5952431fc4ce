import type { Action } from "@/protocol/mod.ts";
import {
  applyToCommand,
  type CommandState,
  isPending,
  requestId,
} from "@/islands/hooks/command_state.ts";
import type { Link } from "@/islands/hooks/link.ts";
import type { Socket } from "@/islands/hooks/socket.ts";
import { toldHere } from "@/islands/hooks/told_here.ts";
import { power } from "@/texts/mod.ts";

/**
 * Milliseconds in which a command is sent again. Later nobody expects it to be done still; and not much
 * later the server has forgotten its id, and would do it twice.
 */
const LATEST = 120_000;

/**
 * Sends a command to the VM of `socket`, and calls `tell` with all that becomes of it. When the
 * connection is lost before the outcome, the same command is sent again: by its id it is done once at
 * most, and answered with what became of it. Returns what ends the telling.
 *
 * @param latest milliseconds in which it is sent again
 */
export function sendCommand(
  socket: Socket,
  { action, force }: { action: Action; force: boolean },
  tell: (command: CommandState) => void,
  latest = LATEST,
): () => void {
  const id = requestId();
  const begin = Date.now();
  let command: CommandState = { requestId: id, action, force, phase: "sent", message: "" };
  const become = (next: CommandState) => {
    if (next !== command) tell(command = next);
  };
  const send = () => {
    socket.send({ type: "command", data: { action, requestId: id, ...(force ? { force } : {}) } });
    become({ ...command, phase: "sent", message: "" });
  };
  const follow = ({ kind }: Link) => {
    if (!isPending(command)) return;
    // By the time of day: timers stand still while a computer sleeps.
    const late = Math.abs(Date.now() - begin) >= latest;
    if (kind === "ended" || late) become({ ...command, phase: "failed", message: power.lost });
    else if (kind === "live") send();
    else become({ ...command, message: power.interrupted });
  };
  // Where the connection stands, the answer is still to come.
  const giveUp = () => {
    if (socket.link.kind !== "live") follow(socket.link);
  };
  toldHere.add(id);
  const timer = setTimeout(giveUp, latest);
  const stops = [
    socket.listen((message) => become(applyToCommand(command, message))),
    socket.watch(follow),
    () => clearTimeout(timer),
    () => toldHere.delete(id),
  ];
  return () => stops.forEach((stop) => stop());
}
