/** What receives messages: a socket, in the end. `send` must not block and must not throw. */
export interface Subscriber {
  send(text: string): void;
  /** Whether it may be told of this subject; one that does not say may be told everything. */
  sees?(subject: unknown): boolean;
  /** Whether there is no subject at all that it may not be told of. */
  seesAll?(): boolean;
}

/** What goes with a message. */
export interface Publication {
  /** Unix time in ms that the message carries. */
  time?: number;
  /** What it is about; without one it is for everybody. */
  subject?: unknown;
}

/** Told when a topic gets its first subscriber, and when it loses its last one. */
export type InterestListener = (topic: string, watched: boolean) => void;

/**
 * Serialises one message of the wire: `{type, timestamp, data}`. Not put together of pieces, which V8
 * would keep as pieces: to send such a text takes twice as long, each time.
 */
export function encode(type: string, data: unknown, time = Date.now()): string {
  return JSON.stringify({ type, timestamp: new Date(time).toISOString(), data });
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

  /** Sends to every subscriber of the topic who may be told of the subject. */
  publish(topic: string, type: string, data: unknown, { time, subject }: Publication = {}): void {
    let text: string | null = null;
    for (const subscriber of this.#topics.get(topic) ?? []) {
      if (subject !== undefined && subscriber.sees?.(subject) === false) continue;
      subscriber.send(text ??= encode(type, data, time));
    }
  }

  /**
   * Sends one message about many subjects: `toData` makes it of those parts that a subscriber may be
   * told of. All who see everything get the same text.
   */
  publishParts<Subject, Part>(
    topic: string,
    type: string,
    parts: ReadonlyMap<Subject, Part>,
    toData: (parts: [Subject, Part][]) => unknown,
    time?: number,
  ): void {
    let whole: string | null = null;
    for (const subscriber of this.#topics.get(topic) ?? []) {
      const { sees, seesAll } = subscriber;
      if (sees === undefined || seesAll?.call(subscriber)) {
        subscriber.send(whole ??= encode(type, toData([...parts]), time));
      } else {
        const seen = [...parts].filter(([subject]) => sees.call(subscriber, subject));
        subscriber.send(encode(type, toData(seen), time));
      }
    }
  }

  /**
   * Sends each subscriber one message about all of these topics that it follows, by their subjects,
   * which it must be allowed to be told of. Who is told of the same ones gets the same text.
   */
  publishTogether<Subject, Part>(
    parts: ReadonlyMap<string, [Subject, Part]>,
    type: string,
    toData: (parts: [Subject, Part][]) => unknown,
    time?: number,
  ): void {
    const shares = new Map<Subscriber, string[]>();
    for (const [topic, [subject]] of parts) {
      for (const subscriber of this.#topics.get(topic) ?? []) {
        if (subscriber.sees?.(subject) === false) continue;
        const share = shares.get(subscriber);
        if (share) share.push(topic);
        else shares.set(subscriber, [topic]);
      }
    }
    const texts = new Map<string, string>();
    for (const [subscriber, topics] of shares) {
      const key = topics.join();
      const text = texts.get(key) ??
        encode(type, toData(topics.map((topic) => parts.get(topic)!)), time);
      texts.set(key, text);
      subscriber.send(text);
    }
  }

  /** How many topics are watched and by how many subscriptions in all. */
  count(): { topics: number; subscriptions: number } {
    let subscriptions = 0;
    for (const subscribers of this.#topics.values()) subscriptions += subscribers.size;
    return { topics: this.#topics.size, subscriptions };
  }
}
