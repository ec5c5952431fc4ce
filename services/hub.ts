/** What receives messages: a socket, in the end. `send` must not block and must not throw. */
export interface Subscriber {
  send(text: string): void;
}

/** Told when a topic gets its first subscriber, and when it loses its last one. */
export type InterestListener = (topic: string, watched: boolean) => void;

/** Serialises one message of the wire: `{type, timestamp, data}`. */
export function encode(type: string, data: unknown, time = Date.now()): string {
  return `{"type":"${type}","timestamp":"${new Date(time).toISOString()}","data":${
    JSON.stringify(data)
  }}`;
}

/**
 * The one place where messages fan out. It knows topics and subscribers, nothing of VMs. A message
 * is serialised once, however many get it, and not at all when nobody listens.
 */
export class Hub {
  readonly #topics = new Map<string, Set<Subscriber>>();
  readonly #listeners = new Set<InterestListener>();

  subscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#topics.get(topic);
    if (subscribers) {
      subscribers.add(subscriber);
      return;
    }
    this.#topics.set(topic, new Set([subscriber]));
    for (const listener of this.#listeners) listener(topic, true);
  }

  unsubscribe(topic: string, subscriber: Subscriber): void {
    const subscribers = this.#topics.get(topic);
    if (!subscribers?.delete(subscriber) || subscribers.size > 0) return;
    this.#topics.delete(topic);
    for (const listener of this.#listeners) listener(topic, false);
  }

  watched(topic: string): boolean {
    return this.#topics.has(topic);
  }

  onInterest(listener: InterestListener): void {
    this.#listeners.add(listener);
  }

  /** @param time Unix time in ms that the message carries */
  publish(topic: string, type: string, data: unknown, time?: number): void {
    const subscribers = this.#topics.get(topic);
    if (!subscribers) return;
    const text = encode(type, data, time);
    for (const subscriber of subscribers) subscriber.send(text);
  }

  /** How many topics are watched and by how many subscriptions in all. */
  count(): { topics: number; subscriptions: number } {
    let subscriptions = 0;
    for (const subscribers of this.#topics.values()) subscriptions += subscribers.size;
    return { topics: this.#topics.size, subscriptions };
  }
}
