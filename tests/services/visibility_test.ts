import assert from "node:assert/strict";
import { EVENTS_TOPIC } from "@/services/events.ts";
import { ALL_METRICS_TOPIC } from "@/services/monitor/mod.ts";
import { VMS_TOPIC } from "@/services/vms/mod.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "./temporary_folder.ts";
import { domainXML, hostFile, TestHost } from "./test_host.ts";

interface Message {
  type: string;
  data: Record<string, unknown>;
}

/** A domain that is the same one for all connections: the test driver reads its file for each. */
const domain = (name: string) => domainXML(name, `<uuid>${crypto.randomUUID()}</uuid>`);

/** A subscriber that may see the VM with this UUID, or with null every one. */
class Watcher {
  readonly messages: Message[] = [];
  readonly texts: string[] = [];
  readonly #uuid: string | null;
  #look = () => {};

  constructor(uuid: string | null) {
    this.#uuid = uuid;
  }

  sees(subject: unknown): boolean {
    return this.seesAll() || (subject as { uuid: string }).uuid === this.#uuid;
  }

  seesAll(): boolean {
    return this.#uuid === null;
  }

  send(text: string): void {
    this.texts.push(text);
    this.messages.push(JSON.parse(text));
    this.#look();
  }

  async until(wanted: (messages: Message[]) => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#look = () => wanted(this.messages) && resolve();
    this.#look();
    await within(10_000, "the messages", promise);
  }
}

Deno.test("who may see one VM is told nothing of the other one", async () => {
  using folder = temporaryFolder();
  const uri = hostFile(folder.path, domain("web1"), domain("db1"));
  await using host = await TestHost.start({ uri });
  const { hub } = host.services;
  const web1 = await host.vm("web1", () => true);
  const [one, all] = [new Watcher(web1.uuid), new Watcher(null)];
  const topics = [VMS_TOPIC, EVENTS_TOPIC, ALL_METRICS_TOPIC];
  for (const topic of topics) for (const watcher of [one, all]) hub.subscribe(topic, watcher);
  for (const { uuid, name } of host.services.vms.records()) {
    const event = { kind: "lifecycle", uuid, name, event: "suspended", detail: "paused" } as const;
    host.services.vms.announce({ ...event, detailCode: 0 });
    host.services.events.note("reboot", { uuid, name }, {});
  }
  const beats = (messages: Message[]) => messages.filter(({ type }) => type === "samples").length;
  for (const watcher of [one, all]) await watcher.until((messages) => beats(messages) >= 2);

  const about = ({ messages }: Watcher, type: string) =>
    new Set(
      messages.filter((message) => message.type === type).flatMap(({ data }) => {
        if (type === "samples") return Object.keys(data.vms as Record<string, unknown>);
        return String(data[type === "vm" ? "name" : "vm"]);
      }),
    );
  for (const type of ["vm", "event", "samples"]) {
    assert.deepEqual(about(one, type), new Set(["web1"]), type);
    assert.deepEqual(about(all, type), new Set(["db1", "web1"]), type);
  }
  for (const topic of topics) for (const watcher of [one, all]) hub.unsubscribe(topic, watcher);
});

Deno.test("the metrics of 200 VMs are one subscription, and one message a beat", async () => {
  using folder = temporaryFolder();
  const names = Array.from({ length: 200 }, (_, index) => `vm${index}`);
  const uri = hostFile(folder.path, ...names.map(domain));
  await using host = await TestHost.start({ uri });
  const { hub } = host.services;
  const [one, other] = [new Watcher(null), new Watcher(null)];
  for (const watcher of [one, other]) hub.subscribe(ALL_METRICS_TOPIC, watcher);
  assert.deepEqual(hub.count(), { topics: 1, subscriptions: 2 });
  const begun = performance.now();
  await one.until((messages) => messages.length === 4);
  // The first may come at once; from then on a second lies between two.
  assert.ok(performance.now() - begun > 1_900, "the beats are no second apart");
  for (const { type, data } of one.messages) {
    assert.equal(type, "samples");
    assert.equal(Object.keys(data.vms as Record<string, unknown>).length, 200);
  }
  assert.deepEqual(other.texts, one.texts);
  for (const watcher of [one, other]) hub.unsubscribe(ALL_METRICS_TOPIC, watcher);
});
