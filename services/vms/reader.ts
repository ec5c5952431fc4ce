import type { Connection, Domain } from "@/libvirt/mod.ts";
import { type Definition, parseDefinition } from "./definition.ts";
import { type VMState, vmState } from "./state.ts";

/** One VM as libvirt describes it at this moment. */
export interface Reading {
  uuid: string;
  name: string;
  state: VMState;
  persistent: boolean;
  autostart: boolean;
  definition: Definition;
}

export async function read(domain: Domain): Promise<Reading> {
  const { state, reason } = await domain.state();
  return {
    uuid: domain.uuid,
    name: domain.name,
    state: vmState(state, reason),
    persistent: await domain.persistent(),
    // A transient domain cannot start by itself, and some drivers refuse the question for it.
    autostart: await domain.autostart().catch(() => false),
    definition: parseDefinition(await domain.xml()),
  };
}

/** Every VM of the host; one that goes away while it is read is left out. */
export async function readAll(connection: Connection): Promise<Reading[]> {
  const domains = await connection.domains();
  try {
    const readings: Reading[] = [];
    for (const domain of domains) {
      try {
        readings.push(await read(domain));
      } catch (error) {
        if (connection.broken) throw error;
      }
    }
    return readings;
  } finally {
    for (const domain of domains) domain[Symbol.dispose]();
  }
}
