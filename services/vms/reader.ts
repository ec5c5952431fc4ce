import { type Connection, type Domain, ErrorCode, LibvirtError } from "@/libvirt/mod.ts";
import type { Definition } from "./definition.ts";
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

/** The VM with this UUID; null when there is none. */
export async function readOne(connection: Connection, uuid: string): Promise<Reading | null> {
  try {
    using domain = await connection.domainByUUID(uuid);
    return await read(domain);
  } catch (error) {
    if (error instanceof LibvirtError && error.code === ErrorCode.noDomain) return null;
    throw error;
  }
}

async function read(domain: Domain): Promise<Reading> {
  const { state, reason } = await domain.state();
  return {
    uuid: domain.uuid,
    name: domain.name,
    state: vmState(state, reason),
    persistent: await domain.persistent(),
    // A transient domain cannot start by itself, and some drivers refuse the question for it.
    autostart: await domain.autostart().catch(() => false),
    definition: await definitionOf(domain),
  };
}

/**
 * Every VM of the host, with one call a VM and four for all; one that goes away while it is read is
 * left out. States come last, so that they are as new as the answer.
 */
export async function readAll(connection: Connection): Promise<Reading[]> {
  const domains = await connection.domains();
  try {
    const persistent = await uuidsOf(connection, "persistent");
    const autostart = await uuidsOf(connection, "autostart");
    // All are asked for at once: while one is parsed, libvirt already answers for the next.
    const definitions = await Promise.all(
      domains.map((domain) => readDefinition(connection, domain)),
    );
    const states = await readStates(connection, domains);
    return domains.flatMap(({ uuid, name }, at) => {
      const [definition, state] = [definitions[at], states.get(uuid)];
      if (!definition || !state) return [];
      const traits = { persistent: persistent.has(uuid), autostart: autostart.has(uuid) };
      return [{ uuid, name, state, ...traits, definition }];
    });
  } finally {
    for (const domain of domains) domain[Symbol.dispose]();
  }
}

function readDefinition(connection: Connection, domain: Domain): Promise<Definition | null> {
  return stillThere(connection, () => definitionOf(domain));
}

/** The parser is loaded when there is a VM: a start does not wait for it. */
async function definitionOf(domain: Domain): Promise<Definition> {
  const [xml, { parseDefinition }] = await Promise.all([
    domain.xml(),
    import("./definition.ts"),
  ]);
  return parseDefinition(xml);
}

async function uuidsOf(
  connection: Connection,
  trait: "persistent" | "autostart",
): Promise<ReadonlySet<string>> {
  const domains = await connection.domains(trait);
  const uuids = new Set<string>();
  for (const domain of domains) {
    uuids.add(domain.uuid);
    domain[Symbol.dispose]();
  }
  return uuids;
}

/** Of all in one call, or one by one of a driver without bulk statistics. */
async function readStates(
  connection: Connection,
  domains: Domain[],
): Promise<Map<string, VMState>> {
  const states = new Map<string, VMState>();
  try {
    for (const { uuid, state, reason } of await connection.stats(["state"])) {
      if (state !== undefined) states.set(uuid, vmState(state, reason ?? 0));
    }
  } catch (error) {
    if (!(error instanceof LibvirtError && error.code === ErrorCode.noSupport)) throw error;
    for (const domain of domains) {
      const answer = await stillThere(connection, () => domain.state());
      if (answer !== null) states.set(domain.uuid, vmState(answer.state, answer.reason));
    }
  }
  return states;
}

/** Null of a domain that libvirt cannot tell of any more. @throws when the connection is broken */
async function stillThere<T>(connection: Connection, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (connection.broken) throw error;
    return null;
  }
}
