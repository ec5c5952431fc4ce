import { asGlassError, GlassError } from "../errors.ts";
import { COMMANDS_TOPIC, EVENTS_TOPIC } from "../events.ts";
import { HOST_TOPIC } from "../host.ts";
import type { Hub, Subscriber } from "../hub.ts";
import { ALL_METRICS_TOPIC, sampleTopic } from "../monitor/mod.ts";
import { vmRowTopic, VMS_TOPIC } from "../vms/mod.ts";

const PLAIN = new Set([VMS_TOPIC, EVENTS_TOPIC, COMMANDS_TOPIC, HOST_TOPIC, ALL_METRICS_TOPIC]);

/** A name that a client may subscribe to, taken apart. */
type Named = { topic: string } | { kind: "vm" | "metrics"; name: string };

function named(text: string): Named {
  if (PLAIN.has(text)) return { topic: text };
  const colon = text.indexOf(":");
  const [kind, name] = [text.slice(0, colon), text.slice(colon + 1)];
  if (kind === "vm" || kind === "metrics") return { kind, name };
  throw new GlassError("INVALID_MESSAGE", `There is no topic "${text}".`);
}

/**
 * What one client follows, under the names that it used. A VM's name and its UUID are one topic of
 * the hub, and who follows all VMs needs none of them singly: every message comes once.
 */
export class Topics {
  readonly #hub: Hub;
  readonly #subscriber: Subscriber;
  /** By the client's name, the hub's topic and, of a single VM, its UUID. */
  readonly #followed = new Map<string, { topic: string; uuid: string | null }>();
  #subscribed = new Set<string>();

  constructor(hub: Hub, subscriber: Subscriber) {
    this.#hub = hub;
    this.#subscriber = subscriber;
  }

  /** The names that are followed. */
  get names(): string[] {
    return [...this.#followed.keys()];
  }

  has(name: string): boolean {
    return this.#followed.has(name);
  }

  /** The UUIDs of VMs that are followed by `vm:NAME`. */
  get singleVMs(): Set<string> {
    const uuids = new Set<string>();
    for (const { topic, uuid } of this.#followed.values()) {
      if (uuid !== null && topic === vmRowTopic(uuid)) uuids.add(uuid);
    }
    return uuids;
  }

  /**
   * Follows those of them that there are.
   *
   * @param find the UUID behind a VM's name; throws when there is none
   * @returns what `find` said of the VMs that are missing, once for each
   * @throws GlassError INVALID_MESSAGE for what is no topic at all; then none is followed
   */
  follow(names: readonly string[], find: (name: string) => string): GlassError[] {
    const missing = new Map<string, GlassError>();
    for (const [text, name] of names.map((text) => [text, named(text)] as const)) {
      if ("topic" in name) {
        this.#followed.set(text, { topic: name.topic, uuid: null });
        continue;
      }
      try {
        const uuid = find(name.name);
        const topic = name.kind === "vm" ? vmRowTopic(uuid) : sampleTopic(uuid);
        this.#followed.set(text, { topic, uuid });
      } catch (error) {
        missing.set(name.name, asGlassError(error));
      }
    }
    this.#adjust();
    return [...missing.values()];
  }

  leave(names: readonly string[]): void {
    for (const name of names) this.#followed.delete(name);
    this.#adjust();
  }

  /** Leaves single VMs that may not be seen any more. */
  leaveHidden(sees: (uuid: string) => boolean): void {
    const hidden = [...this.#followed].filter(([, { uuid }]) => uuid !== null && !sees(uuid));
    this.leave(hidden.map(([name]) => name));
  }

  leaveAll(): void {
    this.leave(this.names);
  }

  /** Subscribes to what the names need and no more. */
  #adjust(): void {
    const needed = new Set([...this.#followed.values()].map(({ topic }) => topic));
    for (const { topic, uuid } of this.#followed.values()) {
      if (uuid === null) continue;
      if (topic === vmRowTopic(uuid) ? needed.has(VMS_TOPIC) : needed.has(ALL_METRICS_TOPIC)) {
        needed.delete(topic);
      }
    }
    if (needed.has(EVENTS_TOPIC)) needed.delete(COMMANDS_TOPIC);
    for (const topic of needed) this.#hub.subscribe(topic, this.#subscriber);
    for (const topic of this.#subscribed.difference(needed)) {
      this.#hub.unsubscribe(topic, this.#subscriber);
    }
    this.#subscribed = needed;
  }
}
