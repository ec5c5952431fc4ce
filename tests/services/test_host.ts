import { join } from "node:path";
import { stopEventLoop } from "@/libvirt/mod.ts";
import type { Role } from "@/protocol/mod.ts";
import { type Config, loadConfig } from "@/services/config/mod.ts";
import { Gate } from "@/services/gate.ts";
import { Services, type Session } from "@/services/mod.ts";
import type { VMChange, VMRecord } from "@/services/vms/mod.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** The host that libvirt's own test driver brings, with one running VM, "test". */
export const DEFAULT = "test:///default";

/** Where the tests' users come from. */
export const ADDRESS = "192.0.2.1";

interface Options {
  uri?: string;
  /** Seconds a guest has to react. */
  commandsTimeout?: number;
  /** Further settings, by flag. */
  flags?: Record<string, string>;
}

/** All services on a data folder of their own, against libvirt's test driver in this process. */
export class TestHost implements AsyncDisposable {
  services: Services;
  readonly #config: Config;
  readonly #folder: ReturnType<typeof temporaryFolder>;

  private constructor(config: Config, folder: ReturnType<typeof temporaryFolder>) {
    this.#config = config;
    this.#folder = folder;
    this.services = new Services(config, new Gate(config));
  }

  /** Starts the services and waits until libvirt has answered. */
  static async start(
    { uri = DEFAULT, commandsTimeout = 60, flags = {} }: Options = {},
  ): Promise<TestHost> {
    const folder = temporaryFolder();
    const config = await loadConfig({
      "connect": uri,
      "data-dir": folder.path,
      "commands-timeout": String(commandsTimeout),
      ...flags,
    });
    const host = new TestHost(config, folder);
    host.services.start();
    await host.connected();
    return host;
  }

  /** Ends the services and starts them anew on the same folder, with which `between` may do something. */
  async restart(between = () => {}): Promise<void> {
    await this.#end();
    between();
    this.services = new Services(this.#config, new Gate(this.#config));
    this.services.start();
    await this.connected();
  }

  get dataDir(): string {
    return this.#folder.path;
  }

  /** Resolves when libvirt answers. */
  connected(): Promise<void> {
    const { hypervisor } = this.services;
    const { promise, resolve } = Promise.withResolvers<void>();
    hypervisor.onConnectivity(({ connected }) => connected && resolve());
    if (hypervisor.connectivity.connected) resolve();
    return within(10_000, "libvirt to answer", promise);
  }

  /** The VM's record as soon as it is as wished; changes of VMs are what is waited for. */
  async vm(name: string, wished: (record: VMRecord) => boolean): Promise<VMRecord> {
    const { vms } = this.services;
    const { promise, resolve } = Promise.withResolvers<VMRecord>();
    const look = () => {
      const record = vms.records().find((candidate) => candidate.name === name);
      if (record && wished(record)) resolve(record);
    };
    using _subscription = vms.onChange(look);
    look();
    return await within(10_000, `VM "${name}" to be as wished`, promise);
  }

  /** The next change of that kind. */
  async change(kind: VMChange["kind"]): Promise<VMRecord> {
    const { promise, resolve } = Promise.withResolvers<VMRecord>();
    using _subscription = this.services.vms.onChange((change) => {
      if (change.kind === kind) resolve(change.record);
    });
    return await within(10_000, `a change of kind ${kind}`, promise);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
    // Its thread waits for events for ever, which the test runner would take for a leak.
    await stopEventLoop();
    this.#folder[Symbol.dispose]();
  }

  async #end(): Promise<void> {
    await this.services[Symbol.asyncDispose]();
    this.services.gate[Symbol.dispose]();
  }
}

/** Somebody signed in, as the services see it. */
export function session(role: Role, name = role as string): Session {
  return { id: `session of ${name}`, user: { name, role }, expiresAt: Date.now() + 600_000 };
}

/** Writes a host of these domains for the test driver, and returns its URI. */
export function hostFile(folder: string, ...domains: string[]): string {
  const file = join(folder, "host.xml");
  Deno.writeTextFileSync(file, `<node>${domains.join("\n")}</node>`);
  return `test://${file}`;
}

/** A domain of the test driver; `inside` goes into `<domain>` as it is. */
export function domainXML(name: string, inside = ""): string {
  return `<domain type='test'><name>${name}</name><memory unit='MiB'>256</memory><vcpu>2</vcpu>
    <os><type>hvm</type></os>${inside}</domain>`;
}
