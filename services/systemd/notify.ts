import { log } from "../log.ts";

const AF_UNIX = 1;
const SOCK_DGRAM_CLOEXEC = 0o2000002;
const MSG_NOSIGNAL = 0x4000;
const MSG_DONTWAIT = 0x40;

/**
 * Tells systemd how this service is, such as "READY=1". Nothing happens where systemd did not start it.
 * A datagram by libc, since Deno has no sockets of this kind without an unstable flag.
 * https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
 */
export function notify(state: string): void {
  const path = Deno.env.get("NOTIFY_SOCKET");
  if (path === undefined) return;
  const libc = Deno.dlopen("libc.so.6", {
    socket: {
      parameters: ["i32", /* domain */ "i32", /* type */ "i32" /* protocol */],
      result: "i32",
    },
    sendto: {
      parameters: [
        ...["i32", /* fd */ "buffer", "usize", /* const void buf[len] */ "i32" /* flags */],
        ...["buffer", /* const struct sockaddr * */ "u32" /* socklen_t */],
      ] as ["i32", "buffer", "usize", "i32", "buffer", "u32"],
      result: "isize",
    },
    close: { parameters: ["i32" /* fd */], result: "i32" },
  });
  const { socket, sendto, close } = libc.symbols;
  const text = new TextEncoder().encode(state);
  const address = unixAddress(path);
  const fd = socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
  const flags = MSG_NOSIGNAL | MSG_DONTWAIT;
  const sent = sendto(fd, text, BigInt(text.length), flags, address, address.length);
  close(fd);
  libc.close();
  if (Number(sent) !== text.length) log.warn("systemd could not be told {state}", { state });
}

/** struct sockaddr_un: a path, or behind "@" a name of the abstract kind, which begins with NUL. */
function unixAddress(path: string): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(path.startsWith("@") ? `\0${path.slice(1)}` : `${path}\0`);
  const address = new Uint8Array(2 + name.length);
  new DataView(address.buffer).setUint16(0, AF_UNIX, true);
  address.set(name, 2);
  return address;
}
