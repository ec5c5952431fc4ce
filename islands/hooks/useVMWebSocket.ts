import { useEffect, useRef, useState } from "preact/hooks";
import type { Action, ServerMessage, StatusData } from "@/protocol/mod.ts";
import type { CommandState } from "@/islands/hooks/command_state.ts";
import { sendCommand } from "@/islands/hooks/send_command.ts";
import type { Link } from "@/islands/hooks/link.ts";
import { borrow } from "@/islands/hooks/shared_socket.ts";
import type { Socket } from "@/islands/hooks/socket.ts";

export interface VMWebSocket {
  link: Link;
  /** The last status with the server's time (ms) of its message; null before the first. */
  status: StatusData & { at: number } | null;
  /** The last command given here. */
  command: CommandState | null;
  /** Gives a command. False when the socket is not live: nothing was sent. */
  run(action: Action, force: boolean): boolean;
}

/**
 * Watches and commands the VM `name` over `/ws/vms/{name}`, on one socket however many islands of
 * the page ask. `listener` gets every message, for those who need each sample and not the last only.
 */
export function useVMWebSocket(
  name: string,
  listener?: (message: ServerMessage) => void,
): VMWebSocket {
  const [link, setLink] = useState<Link>({ kind: "connecting" });
  const [status, setStatus] = useState<VMWebSocket["status"]>(null);
  const [command, setCommand] = useState<CommandState | null>(null);
  const latest = useRef(listener);
  latest.current = listener;
  const socket = useRef<Socket | null>(null);
  const forget = useRef(() => {});

  useEffect(() => {
    const id = encodeURIComponent(name);
    const borrowed = borrow(`/ws/vms/${id}`, `/api/v1/vms/${id}`);
    socket.current = borrowed.socket;
    const stops = [
      borrowed.socket.watch(setLink),
      borrowed.socket.listen((message) => {
        if (message.type === "status") {
          setStatus({ ...message.data, at: Date.parse(message.timestamp) });
        }
        latest.current?.(message);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      forget.current();
      borrowed.release();
    };
  }, [name]);

  const run = (action: Action, force: boolean) => {
    if (socket.current?.link.kind !== "live") return false;
    forget.current();
    forget.current = sendCommand(socket.current, { action, force }, setCommand);
    return true;
  };
  return { link, status, command, run };
}
