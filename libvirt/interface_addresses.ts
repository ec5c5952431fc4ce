/**
 * Addresses of a domain's network interfaces.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainInterfaceAddresses
 */
import { library } from "./library.ts";
import { copyMemory, pointerAt, stringAt } from "./memory.ts";

export interface InterfaceAddresses {
  /** As the source names it: "vnet0" from leases, "eth0" from the guest agent. */
  name: string;
  mac: string | null;
  addresses: { type: "ipv4" | "ipv6"; address: string; prefix: number }[];
}

/** virDomainInterfaceAddressesSource: DHCP leases, the guest agent, the host's ARP table. */
export const addressSources = { lease: 0, agent: 1, arp: 2 } as const;
export type AddressSource = keyof typeof addressSources;

const INTERFACE_SIZE = 32;
const ADDRESS_SIZE = 24;

/** Copies a virDomainInterface and frees it. */
export function takeInterface(pointer: Deno.PointerObject): InterfaceAddresses {
  try {
    const view = copyMemory(pointer, INTERFACE_SIZE);
    return {
      name: stringAt(view, 0) ?? "",
      mac: stringAt(view, 8),
      addresses: readAddresses(pointerAt(view, 24), view.getUint32(16, true)),
    };
  } finally {
    library().virDomainInterfaceFree(pointer);
  }
}

function readAddresses(
  pointer: Deno.PointerValue,
  count: number,
): InterfaceAddresses["addresses"] {
  if (pointer === null) return [];
  const view = copyMemory(pointer, count * ADDRESS_SIZE);
  return Array.from({ length: count }, (_, index) => {
    const start = index * ADDRESS_SIZE;
    return {
      type: view.getInt32(start, true) === 0 ? "ipv4" : "ipv6",
      address: stringAt(view, start + 8) ?? "",
      prefix: view.getUint32(start + 16, true),
    };
  });
}
