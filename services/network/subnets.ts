import ipaddr from "ipaddr.js";

type Subnet = readonly [ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/**
 * Whether an IP address is in one of these subnets.
 *
 * @param subnets addresses, or subnets such as 10.0.0.0/8
 */
export function within(subnets: readonly string[]): (address: string) => boolean {
  const listed = subnets.map(readSubnet);
  return (address) => {
    const asked = ipaddr.process(address);
    return listed.some(([subnet, bits]) =>
      subnet.kind() === asked.kind() && asked.match(subnet, bits)
    );
  };
}

function readSubnet(text: string): Subnet {
  const [address = "", bits] = text.split("/");
  const parsed = ipaddr.parse(address);
  const all = parsed.kind() === "ipv4" ? 32 : 128;
  return [parsed, bits === undefined ? all : Number(bits)];
}
