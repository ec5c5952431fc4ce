const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
/** Four decimal numbers. A leading zero makes one octal elsewhere, and the address another one. */
const FOUR = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
/** All that can stand in an address of IPv6, save for its zone, which one machine alone understands. */
const SIX = /^[\da-f:.]+$/i;

/** Which kind of IP address this is, null for none. Every request asks, the first one at once. */
export function family(text: string): "ipv4" | "ipv6" | null {
  if (FOUR.test(text)) return "ipv4";
  return SIX.test(text) && URL.canParse(`http://[${text}]/`) ? "ipv6" : null;
}

/**
 * An IP address as it is compared and counted everywhere: without brackets, and an IPv4 address that a
 * listener for IPv6 tells as `::ffff:192.0.2.1` as the IPv4 address it is.
 */
export function plainAddress(text: string): string {
  const bare = text.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  return MAPPED.exec(bare)?.[1] ?? bare;
}

/** Whether only this machine can reach this address or name. */
export function isLoopback(hostname: string): boolean {
  const plain = plainAddress(hostname);
  return plain === "localhost" || plain === "::1" ||
    (family(plain) === "ipv4" && plain.startsWith("127."));
}

/** Whether listening there is listening on all addresses of this machine. */
export function isWildcard(hostname: string): boolean {
  const plain = plainAddress(hostname);
  return plain === "0.0.0.0" || plain === "::";
}

/**
 * What stands for one client where clients are counted: whoever has one address of IPv6 has a /64 of
 * them.
 */
export function network(address: string): string {
  if (family(address) !== "ipv6") return address;
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, zeros)).fill("0"), ...right];
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
