import { type Connection, type Domain, ErrorCode, LibvirtError } from "@/libvirt/mod.ts";
import type { Definition } from "./definition.ts";
import { type VMState, vmState } from "./state.ts";
import type { Unreadable } from "./unreadable.ts";

/** One VM as libvirt describes it at this moment. */
export interface Reading {
  uuid: string;
  name: string;
  state: VMState;
  persistent: boolean;
  autostart: boolean;
  definition: Definition;
}

/** What libvirt tells of a VM: null when it cannot now, undefined when there is none any more. */
export type Told<T> = T | null | undefined;

/** The VM with this UUID. */
export function readOne(
  connection: Connection,
  uuid: string,
  unreadable: Unreadable,
): Promise<Told<Reading>> {
  return unlessGone(connection, { uuid, name: uuid }, unreadable, async () => {
    using domain = await connection.domainByUUID(uuid);
    return await read(domain);
  });
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
 * Every VM of the host by its UUID, with four calls for all and one for each whose definition is not
 * known; null for one of which libvirt cannot tell now. One that goes away while it is read is left
 * out. States come last, so that they are as new as the answer.
 */
export async function readAll(
  connection: Connection,
  known: ReadonlyMap<string, Definition>,
  unreadable: Unreadable,
): Promise<Map<string, Reading | null>> {
  const domains = await connection.domains();
  try {
    const persistent = await uuidsOf(connection, "persistent");
    const autostart = await uuidsOf(connection, "autostart");
    // All are asked for at once: while one is parsed, libvirt already answers for the next.
    const definitions = await Promise.all(
      domains.map((domain) =>
        known.get(domain.uuid) ??
          unlessGone(connection, domain, unreadable, () => definitionOf(domain))
      ),
    );
    const states = await readStates(connection, domains, unreadable);
    const readings = new Map<string, Reading | null>();
    domains.forEach(({ uuid, name }, at) => {
      const [definition, state] = [definitions[at], states.get(uuid)];
      if (definition === undefined || state === undefined) return;
      const traits = { persistent: persistent.has(uuid), autostart: autostart.has(uuid) };
      const told = definition !== null && state !== null;
      readings.set(uuid, told ? { uuid, name, state, ...traits, definition } : null);
    });
    return readings;
  } finally {
    for (const domain of domains) domain[Symbol.dispose]();
  }
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
  unreadable: Unreadable,
): Promise<Map<string, VMState | null>> {
  const states = new Map<string, VMState | null>();
  try {
    for (const { uuid, state, reason } of await connection.stats(["state"])) {
      if (state !== undefined) states.set(uuid, vmState(state, reason ?? 0));
    }
  } catch (error) {
    if (!(error instanceof LibvirtError && error.code === ErrorCode.noSupport)) throw error;
    for (const domain of domains) {
      const answer = await unlessGone(connection, domain, unreadable, () => domain.state());
      if (answer === undefined) continue;
      states.set(domain.uuid, answer && vmState(answer.state, answer.reason));
    }
  }
  return states;
}

/** @throws when the connection is broken */
async function unlessGone<T>(
  connection: Connection,
  { uuid, name }: Pick<Domain, "uuid" | "name">,
  unreadable: Unreadable,
  ask: () => Promise<T>,
): Promise<Told<T>> {
  try {
    return await ask();
  } catch (error) {
    if (connection.broken) throw error;
    if (error instanceof LibvirtError && error.code === ErrorCode.noDomain) return undefined;
    unreadable.add(uuid, name, error);
    return null;
  }
}
