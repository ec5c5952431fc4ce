import { type Connection, type DomainStats, LaneBroken, type StatsGroup } from "@/libvirt/mod.ts";
import type { Metrics, Sample } from "@/protocol.ts";
import { HOST_TOPIC, type HostService } from "../host.ts";
import type { Hub } from "../hub.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { log } from "../log.ts";
import { isActive, type VMRecord, type VMs } from "../vms/mod.ts";
import { type History, HistoryRing } from "./history.ts";
import { Sampler } from "./sampler.ts";
import { type Moment, now } from "../clock.ts";

export type { History } from "./history.ts";

/** Milliseconds between samples while somebody watches, and while nobody does. */
const WATCHED_BEAT = 1_000;
const IDLE_BEAT = 60_000;
/** Memory and disks cost QEMU nine tenths of a full sample: they are asked on every sixth beat. */
const DEAR_BEAT = 6_000;
const CHEAP: readonly StatsGroup[] = ["state", "cpu", "interface"];
const ALL: readonly StatsGroup[] = [...CHEAP, "balloon", "block"];

/**
 * Topics of the hub: one VM's metrics as the user's document has them, one VM's sample with its name
 * and rates, and everyone's samples in one message a beat.
 */
export const metricsTopic = (uuid: string) => `metrics:${uuid}`;
export const sampleTopic = (uuid: string) => `sample:${uuid}`;
export const ALL_METRICS_TOPIC = "metrics:*";
/** Whether there have been two samples: CPU is a rate, and the document promises a number. */
export const isTelling = ({ cpu }: Metrics) => cpu.utilization !== null;
const isMetrics = (topic: string) => /^(metrics|sample):/.test(topic) || topic === HOST_TOPIC;

/**
 * One bulk call a beat for all VMs, whoever watches. The beat is a second while anybody does and a
 * minute otherwise; the first watcher gets a sample at once.
 */
export class Monitor implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #vms: VMs;
  readonly #host: HostService;
  readonly #hub: Hub;
  readonly #samplers = new Map<string, { sampler: Sampler; history: HistoryRing }>();
  readonly #watched = new Set<string>();
  #dearAt = -Infinity;
  #following = false;
  /** Whether the driver's bulk statistics hold more than the state; the test driver's do not. */
  #bulk = true;
  #wake = Promise.withResolvers<void>();
  #stopped = false;
  #loop: Promise<void> | null = null;

  constructor(hypervisor: Hypervisor, vms: VMs, host: HostService, hub: Hub) {
    this.#hypervisor = hypervisor;
    this.#vms = vms;
    this.#host = host;
    this.#hub = hub;
    vms.onChange(({ kind, record }) => {
      if (kind === "removed") this.#samplers.delete(record.uuid);
      // A guest that starts counts from zero: its rates must not be taken from the last one's.
      if (kind === "state" && !isActive(record.state.status)) this.#restart(record.uuid);
    });
    hub.onInterest((topic, watched) => this.#noteInterest(topic, watched));
    hypervisor.stats.onUp(async (connection) => {
      this.#bulk = (await connection.type()).toLowerCase() === "qemu";
    });
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /**
   * Takes a full sample now, e.g. when libvirt has just come back, and one more a second later even
   * if nobody watches: rates take two.
   */
  wake(): void {
    this.#dearAt = -Infinity;
    this.#following = true;
    this.#wake.resolve();
  }

  /** The samples of the last `seconds`. */
  history(uuid: string, seconds: number): History {
    const history = this.#samplers.get(uuid)?.history ?? new HistoryRing();
    return history.last(seconds, now());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    this.#wake.resolve();
    await this.#loop;
  }

  #noteInterest(topic: string, watched: boolean): void {
    if (!isMetrics(topic)) return;
    const first = this.#watched.size === 0;
    if (watched) this.#watched.add(topic);
    else this.#watched.delete(topic);
    if (watched && first) this.wake();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const begun = performance.now();
      await this.#beat();
      const soon = this.#watched.size > 0 || this.#following;
      this.#following = false;
      const beat = soon ? WATCHED_BEAT : IDLE_BEAT;
      await this.#pause(Math.max(0, beat - (performance.now() - begun)));
    }
  }

  /** Waits for the next beat, or for `wake`. */
  async #pause(milliseconds: number): Promise<void> {
    if (this.#stopped) return;
    const timer = setTimeout(() => this.#wake.resolve(), milliseconds);
    await this.#wake.promise;
    clearTimeout(timer);
    this.#wake = Promise.withResolvers();
  }

  async #beat(): Promise<void> {
    if (!this.#hypervisor.stats.state.up) return;
    // A little early is on time: beats drift by the length of a call.
    const dear = performance.now() - this.#dearAt > DEAR_BEAT - WATCHED_BEAT / 2;
    try {
      await this.#hypervisor.stats.run(async (connection) => {
        const stats = await connection.stats(dear ? ALL : CHEAP);
        const time = now();
        if (dear) this.#dearAt = performance.now();
        this.#publish(await this.#takeAll(connection, stats, dear, time), time.unix);
        await this.#host.sample(connection);
      });
    } catch (error) {
      if (!(error instanceof LaneBroken)) log.warn("Sampling failed: {error}", { error });
    }
  }

  async #takeAll(
    connection: Connection,
    all: DomainStats[],
    dear: boolean,
    time: Moment,
  ): Promise<Map<VMRecord, Sample>> {
    const samples = new Map<VMRecord, Sample>();
    for (const stats of all) {
      if (!this.#bulk) Object.assign(stats, await readInfo(connection, stats.uuid));
      // Looked up when all has been read: a guest that stopped meanwhile has no sample any more.
      const record = this.#vms.record(stats.uuid);
      if (!record || !isActive(record.state.status)) continue;
      const entry = this.#entry(stats.uuid);
      const sample = entry.sampler.take(stats, record, dear, time);
      entry.history.push(sample, time.steady);
      record.sample = sample;
      samples.set(record, sample);
    }
    return samples;
  }

  #publish(samples: Map<VMRecord, Sample>, time: number): void {
    for (const [record, sample] of samples) {
      const about = { time, subject: record };
      if (isTelling(sample.metrics)) {
        this.#hub.publish(metricsTopic(record.uuid), "metrics", sample.metrics, about);
      }
      this.#hub.publish(sampleTopic(record.uuid), "samples", byName([[record, sample]]), about);
    }
    this.#hub.publishParts(ALL_METRICS_TOPIC, "samples", samples, byName, time);
  }

  #entry(uuid: string) {
    let entry = this.#samplers.get(uuid);
    if (!entry) {
      entry = { sampler: new Sampler(), history: new HistoryRing() };
      this.#samplers.set(uuid, entry);
    }
    return entry;
  }

  #restart(uuid: string): void {
    const entry = this.#samplers.get(uuid);
    if (entry) entry.sampler = new Sampler();
  }
}

/** The `samples` message of these VMs. */
const byName = (samples: [VMRecord, Sample][]) => ({
  vms: Object.fromEntries(samples.map(([record, sample]) => [record.name, sample])),
});

/** CPU time and memory of one VM, for drivers whose bulk statistics lack them. */
async function readInfo(connection: Connection, uuid: string): Promise<Partial<DomainStats>> {
  using domain = await connection.domainByUUID(uuid);
  const { cpuTime } = await domain.info();
  return { cpuTime };
}
