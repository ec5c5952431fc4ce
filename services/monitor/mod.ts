import { type Connection, type DomainStats, LaneBroken, type StatsGroup } from "@/libvirt/mod.ts";
import type {
  HostHistory as HostMetrics,
  Metrics,
  MetricsHistory,
  Sample,
} from "@/protocol/mod.ts";
import { HOST_TOPIC, type HostService } from "../host.ts";
import type { Hub } from "../hub.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { log } from "../log.ts";
import { isActive, type VMRecord, type VMs } from "../vms/mod.ts";
import type { Store } from "@/services/store/mod.ts";
import { HostHistory } from "./history/host_history.ts";
import { REACH, type Span } from "./history/history.ts";
import { Keeper } from "./history/keeper.ts";
import { VMHistory } from "./history/vm_history.ts";
import { toMetrics } from "./document.ts";
import { Sampler } from "./sampler.ts";
import { type Moment, now } from "../clock.ts";

export type { Span } from "./history/history.ts";

const KIB = 1024;

/** Milliseconds between samples while somebody watches, while numbers are scraped, and otherwise. */
const WATCHED_BEAT = 1_000;
const SCRAPED_BEAT = 15_000;
const IDLE_BEAT = 60_000;
/** For so long after a scrape another one is expected, in ms. */
const SCRAPED = 150_000;
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
/** By which the host is known among those whose history is kept; VMs are by their UUIDs. */
const HOST = "host";
const isMetrics = (topic: string) => /^(metrics|sample):/.test(topic) || topic === HOST_TOPIC;

/** What a VM last told: cheap numbers with every beat, and dear ones, null before they first came. */
export interface Latest {
  cheap: DomainStats;
  dear: DomainStats | null;
}

interface Entry {
  sampler: Sampler;
  readonly history: VMHistory;
  /** Null while the VM does not run. */
  latest: Latest | null;
}

/**
 * One bulk call a beat for all VMs, whoever watches. The beat is a second while anybody does, a quarter
 * of a minute while numbers are scraped, and a minute otherwise; the first watcher gets a sample at
 * once.
 */
export class Monitor implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #vms: VMs;
  readonly #host: HostService;
  readonly #hub: Hub;
  readonly #keeper: Keeper;
  readonly #entries = new Map<string, Entry>();
  readonly #hostHistory = new HostHistory();
  readonly #watched = new Set<string>();
  #dearAt = -Infinity;
  #scrapedAt = -Infinity;
  #sampledAt: number | null = null;
  #following = false;
  /** Whether the driver's bulk statistics hold more than the state; the test driver's do not. */
  #bulk = true;
  #wake = Promise.withResolvers<void>();
  #stopped = false;
  #loop: Promise<void> | null = null;

  constructor(hypervisor: Hypervisor, vms: VMs, host: HostService, hub: Hub, store: Store) {
    this.#keeper = new Keeper(store);
    this.#keeper.keep(HOST, this.#hostHistory);
    this.#hypervisor = hypervisor;
    this.#vms = vms;
    this.#host = host;
    this.#hub = hub;
    vms.onChange(({ kind, record }) => {
      if (kind === "removed") this.#forget(record.uuid);
      // A guest that starts counts from zero: its rates must not be taken from the last one's.
      if (kind === "state" && !isActive(record.state.status)) this.#restart(record.uuid);
    });
    hub.onInterest((topic, watched) => this.#noteInterest(topic, watched));
    hypervisor.stats.onUp(async (connection) => {
      this.#bulk = (await connection.type()).toLowerCase() === "qemu";
    });
  }

  start(): void {
    this.#keeper.start();
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

  /** A span of a VM's history. */
  history({ uuid }: VMRecord, span: Span): MetricsHistory {
    const { history } = this.#entry(uuid);
    this.#keeper.keep(uuid, history);
    return history.told(within(span), now());
  }

  hostHistory(span: Span): HostMetrics {
    return this.#hostHistory.told(within(span), now());
  }

  /** What this VM last told; null while it does not run. */
  latest(uuid: string): Latest | null {
    return this.#entries.get(uuid)?.latest ?? null;
  }

  /** A VM's metrics while they are news; null when the next are overdue, as they are without libvirt. */
  newest(record: VMRecord): { metrics: Metrics; time: number } | null {
    const { sample } = record;
    const age = this.#sampledAt === null ? Infinity : performance.now() - this.#sampledAt;
    const metrics = sample && age < 2 * WATCHED_BEAT ? this.#metrics(record, sample) : null;
    return sample && metrics && { metrics, time: Date.parse(sample.time) };
  }

  /**
   * Somebody reads all numbers, and is taken to do so again soon: from here on they are no older than
   * a quarter of a minute. Returns how old they are now, in seconds; null before there are any.
   */
  noteScrape(): number | null {
    const expected = this.#isScraped();
    this.#scrapedAt = performance.now();
    if (!expected && this.#watched.size === 0) this.wake();
    return this.#sampledAt === null ? null : (performance.now() - this.#sampledAt) / 1000;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    this.#wake.resolve();
    await this.#loop;
    this.#keeper[Symbol.dispose]();
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
      const beat = soon ? WATCHED_BEAT : this.#isScraped() ? SCRAPED_BEAT : IDLE_BEAT;
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
        this.#sampledAt = time.steady;
        // It is two calls more, of which who looks at VMs alone has nothing.
        if (!dear && !this.#hub.watched(HOST_TOPIC)) return;
        await this.#host.sample(connection);
        this.#hostHistory.take(this.#host.snapshot(null), now().steady);
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
      this.#vms.compare(stats);
      const record = this.#vms.record(stats.uuid);
      if (!record || !isActive(record.state.status)) continue;
      const entry = this.#entry(stats.uuid);
      const sample = entry.sampler.take(stats, record, dear, time);
      const latest = entry.latest ??= { cheap: stats, dear: null };
      latest.cheap = stats;
      if (dear) latest.dear = stats;
      if (this.#keeper.has(stats.uuid)) entry.history.take(sample, stats, record, time.steady);
      record.sample = sample;
      samples.set(record, sample);
    }
    return samples;
  }

  #publish(samples: Map<VMRecord, Sample>, time: number): void {
    const single = new Map<string, [VMRecord, Sample]>();
    for (const [record, sample] of samples) {
      this.#publishMetrics(record, sample, time);
      const topic = sampleTopic(record.uuid);
      if (!this.#hub.watched(topic)) continue;
      const devices = this.#entry(record.uuid).history.devices();
      single.set(topic, [record, { ...sample, devices }]);
    }
    this.#hub.publishTogether(single, "samples", byName, time);
    this.#hub.publishParts(ALL_METRICS_TOPIC, "samples", samples, byName, time);
  }

  #publishMetrics(record: VMRecord, sample: Sample, time: number): void {
    const topic = metricsTopic(record.uuid);
    const metrics = this.#hub.watched(topic) ? this.#metrics(record, sample) : null;
    if (metrics) this.#hub.publish(topic, "metrics", metrics, { time, subject: record });
  }

  #metrics({ uuid, definition }: VMRecord, { metrics }: Sample): Metrics | null {
    const rss = this.latest(uuid)?.dear?.balloon?.rss;
    const resident = rss === undefined ? undefined : rss * KIB;
    return toMetrics(metrics, { memory: definition.memory, resident });
  }

  #isScraped(): boolean {
    return performance.now() - this.#scrapedAt < SCRAPED;
  }

  #entry(uuid: string): Entry {
    let entry = this.#entries.get(uuid);
    if (!entry) {
      entry = { sampler: new Sampler(), history: new VMHistory(), latest: null };
      this.#entries.set(uuid, entry);
      this.#keeper.keepSoon(uuid, entry.history);
    }
    return entry;
  }

  #restart(uuid: string): void {
    const entry = this.#entries.get(uuid);
    if (!entry) return;
    entry.sampler = new Sampler();
    entry.latest = null;
    entry.history.end(performance.now());
  }

  #forget(uuid: string): void {
    this.#entries.delete(uuid);
    this.#keeper.forget(uuid);
  }
}

/** No further back than a history goes. */
const within = (span: Span): Span => ({ ...span, since: Math.min(span.since, REACH) });

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
