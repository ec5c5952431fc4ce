/**
 * What Deno does not tell of its TCP connections, asked of libc: which this process has, what each has
 * received, and an end to one at once. All of it is synchronous, so between looking and acting no
 * connection of this thread can end and leave its number to another.
 */
import { plainAddress } from "./addresses.ts";

/** As Linux numbers them. */
const AF_INET = 2;
const AF_INET6 = 10;
const SOL_SOCKET = 1;
const SO_ACCEPTCONN = 30;
const IPPROTO_TCP = 6;
const TCP_INFO = 11;
const SHUT_RDWR = 2;
const O_RDONLY_CLOEXEC = 0o2000000;

/** Where `tcpi_bytes_received` stands in `struct tcp_info`. */
const BYTES_RECEIVED = 128;

/** The largest `struct sockaddr` there is here, that of IPv6. */
const address = new Uint8Array(28);
const addressView = new DataView(address.buffer);
const addressWords = new Uint32Array(address.buffer);
const info = new Uint8Array(256);
const infoView = new DataView(info.buffer);
const length = new Uint32Array(1);
const flag = new Int32Array(1);

type Libc = ReturnType<typeof open>;
let opened: Libc | undefined;
const libc = (): Libc => opened ??= open();

function open() {
  return Deno.dlopen("libc.so.6", {
    getpeername: {
      parameters: ["i32", "buffer", /* struct sockaddr * */ "buffer" /* socklen_t * */],
      result: "i32",
    },
    getsockname: {
      parameters: ["i32", "buffer", /* struct sockaddr * */ "buffer" /* socklen_t * */],
      result: "i32",
    },
    getsockopt: {
      parameters: ["i32", "i32", /* level */ "i32", /* option */ "buffer", "buffer"],
      result: "i32",
    },
    shutdown: { parameters: ["i32", "i32" /* how */], result: "i32" },
    open: { parameters: ["buffer", /* const char * path */ "i32" /* flags */], result: "i32" },
    dup3: { parameters: ["i32", /* old */ "i32", /* new */ "i32" /* flags */], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  }).symbols;
}

/** A TCP connection of this process. */
export interface Tcp {
  fd: number;
  /** The other end, as `peerKey` writes it. */
  peer: string;
}

/** One text for one peer, of what `Deno.ServeHandlerInfo.remoteAddr` has. */
export function peerKey({ hostname, port }: { hostname: string; port: number }): string {
  return `${plainAddress(hostname)} ${port}`;
}

/**
 * Every connection that somebody made to this port of ours.
 *
 * @param stands whether one that was found before is there still: the kernel is not asked for it again
 */
export function connectionsTo(port: number, stands: (tcp: Tcp) => boolean = () => false): Tcp[] {
  const found: Tcp[] = [];
  for (const fd of files()) {
    const connection = connectionAt(fd, port, stands);
    if (connection) found.push(connection);
  }
  return found;
}

/** A connection as it was found at its file, with the other end's address as C has it. */
interface Found {
  port: number;
  peer: Uint32Array;
  tcp: Tcp;
}

/** By their files. Thousands are looked at every second, and one with the same other end is the same. */
const known = new Map<number, Found>();

function connectionAt(fd: number, port: number, stands: (tcp: Tcp) => boolean): Tcp | null {
  const before = known.get(fd);
  if (before?.port === port && stands(before.tcp)) return before.tcp;
  if (readName(fd, "getpeername") === 0) return null;
  if (before?.port === port && before.peer.every((word, at) => word === addressWords[at])) {
    return before.tcp;
  }
  const peer = addressWords.slice(0, length[0]! / 4);
  const name = nameRead();
  if (readName(fd, "getsockname") === 0 || portRead() !== port) return null;
  // As `peerKey` writes it: what the kernel's bytes are made into is plain already.
  const tcp = { fd, peer: `${name.hostname} ${name.port}` };
  known.set(fd, { port, peer, tcp });
  return tcp;
}

/** The addresses of this machine by which somebody is connected to this port of ours. */
export function addressesOf(port: number): Set<string> {
  const found = new Set<string>();
  for (const fd of files()) {
    const own = nameOf(fd, "getsockname");
    if (own?.port === port && nameOf(fd, "getpeername")) found.add(own.hostname);
  }
  return found;
}

/** Bytes that a connection has received since it began. */
export function bytesReceived(fd: number): number {
  length[0] = info.length;
  if (libc().getsockopt(fd, IPPROTO_TCP, TCP_INFO, info, length) !== 0) return 0;
  return Number(infoView.getBigUint64(BYTES_RECEIVED, true));
}

/** Ends a connection both ways, at once; Deno then finds that it has ended. */
export function cut(fd: number): void {
  libc().shutdown(fd, SHUT_RDWR);
}

/**
 * Takes the port away from whoever listens on it in this process, without their noticing: the listener
 * goes on with what it has accepted, and hears of no connection any more.
 */
export function stopListening(port: number): void {
  for (const fd of files()) {
    if (nameOf(fd, "getsockname")?.port !== port || !isListening(fd)) continue;
    const nothing = libc().open(new TextEncoder().encode("/dev/null\0"), O_RDONLY_CLOEXEC);
    if (nothing < 0) throw new Error("Cannot open /dev/null");
    libc().dup3(nothing, fd, O_RDONLY_CLOEXEC);
    libc().close(nothing);
  }
}

function* files(): Iterable<number> {
  for (const { name } of Deno.readDirSync("/proc/self/fd")) yield Number(name);
}

function isListening(fd: number): boolean {
  length[0] = flag.byteLength;
  return libc().getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, flag, length) === 0 && flag[0] === 1;
}

type End = "getpeername" | "getsockname";

/** An end's address; null for what is no connected socket of TCP. */
function nameOf(fd: number, end: End): { hostname: string; port: number } | null {
  return readName(fd, end) === 0 ? null : nameRead();
}

/** Reads an end's address into `address`; answers its family, 0 for what has none of TCP. */
function readName(fd: number, end: End): number {
  length[0] = address.length;
  if (libc()[end](fd, address, length) !== 0) return 0;
  const family = addressView.getUint16(0, true);
  return family === AF_INET || family === AF_INET6 ? family : 0;
}

/** The address that was read. */
function nameRead(): { hostname: string; port: number } {
  const inet = addressView.getUint16(0, true) === AF_INET;
  const hostname = inet ? address.slice(4, 8).join(".") : sixOf(address.subarray(8, 24));
  return { hostname, port: portRead() };
}

const portRead = () => addressView.getUint16(2);

/** Sixteen bytes as Deno writes an address of IPv6. */
function sixOf(bytes: Uint8Array): string {
  const mapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 255 &&
    bytes[11] === 255;
  if (mapped) return bytes.slice(12).join(".");
  const groups = Array.from(
    { length: 8 },
    (_, index) => (bytes[2 * index]! * 256 + bytes[2 * index + 1]!).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}
