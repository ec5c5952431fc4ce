import { Socket } from "@/islands/hooks/socket.ts";

/** The sockets of this page by path, each with how many islands use it. */
const open = new Map<string, { socket: Socket; users: number }>();

/**
 * The page's one socket to `path`, opened by whoever asks first and closed by whoever releases last.
 * `check` is where to learn why the server refuses it, see `SocketOptions`.
 */
export function borrow(path: string, check: string): { socket: Socket; release: () => void } {
  const shared = open.get(path) ?? { socket: new Socket(socketAddress(path), { check }), users: 0 };
  open.set(path, shared);
  shared.users++;
  return {
    socket: shared.socket,
    release() {
      if (--shared.users > 0) return;
      open.delete(path);
      shared.socket.close();
    },
  };
}

/** The address of this page's server for a socket. */
export function socketAddress(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
