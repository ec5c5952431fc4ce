import type { Connection, Domain } from "@/libvirt/mod.ts";
import { parseDefinition } from "@/services/vms/definition.ts";
import { type Finding, ok, warning } from "./finding.ts";

/** Names are told up to here: who has more of them wants a script, and `--json` has no more either. */
const NAMED = 5;

/** What the guests lack that virtglass shows. */
export async function lookAtGuests(connection: Connection): Promise<Finding[]> {
  const domains = await connection.domains();
  try {
    const guests = await Promise.all(domains.map(lookAt));
    if (guests.length === 0) return [ok("VMs", "there are none")];
    const all = `${guests.length} of ${guests.length} VMs`;
    const without = (lacks: (guest: Guest) => boolean) =>
      guests.filter(lacks).map(({ name }) => name).toSorted();
    return [
      lacking(without(({ console }) => !console), {
        of: "consoles",
        good: `${all} have a serial console`,
        bad: "no serial console to show",
        remedy: (vm) =>
          `virsh edit ${vm}, and add within <devices>: <console type='pty'/>; in the guest, boot with console=ttyS0`,
      }),
      lacking(without(({ balloon }) => !balloon), {
        of: "memory statistics",
        good: `${all} have a memory balloon`,
        bad: "no memory balloon: how much memory is used in them stays unknown",
        remedy: (vm) => `virsh edit ${vm}, and add within <devices>: <memballoon model='virtio'/>`,
      }),
    ];
  } finally {
    for (const domain of domains) domain[Symbol.dispose]();
  }
}

interface Guest {
  name: string;
  console: boolean;
  balloon: boolean;
}

async function lookAt(domain: Domain): Promise<Guest> {
  const xml = await domain.xml();
  // libvirt adds a balloon by itself where none is defined, so only "none" is none.
  const balloon = /<memballoon model=['"](?!none)/.test(xml) || !/<memballoon/.test(xml);
  return { name: domain.name, console: parseDefinition(xml).console, balloon };
}

interface Words {
  of: string;
  good: string;
  bad: string;
  remedy(vm: string): string;
}

function lacking(names: string[], { of, good, bad, remedy }: Words): Finding {
  const [first] = names;
  if (first === undefined) return ok(of, good);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  const told = names.slice(0, NAMED).map((name) => `"${name}"`).join(", ");
  return warning(of, `${told}${more}: ${bad}`, remedy(first));
}
