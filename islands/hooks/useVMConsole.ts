import { useEffect, useRef, useState } from "preact/hooks";
import type { ServerMessage } from "@/protocol.ts";
import { fromBase64 } from "@/islands/hooks/base64.ts";
import { consoleInput } from "@/islands/hooks/console_input.ts";
import type { Link } from "@/islands/hooks/link.ts";
import { borrow } from "@/islands/hooks/shared_socket.ts";
import type { Socket } from "@/islands/hooks/socket.ts";

export interface ConsoleSink {
  /** A new connection: the server sends its scrollback from the start, so what was shown goes. */
  reset(): void;
  /** What the guest wrote, as bytes: a character may be split over two calls. */
  write(bytes: Uint8Array): void;
  /** The guest's end of the line closed: it was stopped, or somebody else took the console. */
  eof(): void;
}

export interface VMConsole {
  link: Link;
  /**
   * Open, but nothing was said yet; open; closed by the guest until it starts again; or refused,
   * with the server's words.
   */
  line: { kind: "quiet" | "open" | "closed" } | { kind: "refused"; message: string };
  /** Types into the guest. False when the socket is not live: nothing was sent. */
  type(text: Uint8Array): boolean;
}

/**
 * The serial console of the VM `name` over `/ws/vms/{name}/console`. Output goes to `sink`, which
 * may be null until the terminal is there; the socket opens with the terminal.
 */
export function useVMConsole(name: string, sink: ConsoleSink | null): VMConsole {
  const [link, setLink] = useState<Link>({ kind: "connecting" });
  const [line, setLine] = useState<VMConsole["line"]>({ kind: "quiet" });
  const socket = useRef<Socket | null>(null);

  useEffect(() => {
    if (sink === null) return;
    const id = encodeURIComponent(name);
    const borrowed = borrow(`/ws/vms/${id}/console`, `/api/v1/vms/${id}`);
    socket.current = borrowed.socket;
    const stops = [
      borrowed.socket.watch((now) => {
        setLink(now);
        if (now.kind !== "live") return;
        setLine({ kind: "quiet" });
        sink.reset();
      }),
      borrowed.socket.listen((message) => {
        const now = receive(message, sink);
        if (now) setLine(now);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      borrowed.release();
    };
  }, [name, sink]);

  const type = (text: Uint8Array) => {
    for (const message of consoleInput(text)) {
      if (!socket.current?.send(message)) return false;
    }
    return true;
  };
  return { link, line, type };
}

/** Passes output on and says what it means for the line; null where it changes nothing. */
function receive(message: ServerMessage, sink: ConsoleSink): VMConsole["line"] | null {
  if (message.type === "error") return { kind: "refused", message: message.data.message };
  if (message.type !== "console") return null;
  const { content, eof } = message.data;
  if (content !== "") sink.write(fromBase64(content));
  if (eof) sink.eof();
  return { kind: eof ? "closed" : "open" };
}
