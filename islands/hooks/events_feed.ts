import type { ServerMessage } from "@/protocol.ts";
import type { Socket } from "@/islands/hooks/socket.ts";

type Listener = (message: ServerMessage) => void;

/**
 * What the islands of a page follow on `/ws/events`, as one subscription. The server answers every
 * `subscribe` with what is true now, so coming back after a loss is subscribing again; the events of
 * the meantime follow, or `subscribed` tells the `gap` of those that nobody remembers.
 */
export class EventsFeed {
  #socket: Socket;
  #followers = new Map<string, number>();
  #stop: (() => void)[];
  #listeners = new Set<Listener>();
  /** Of the last event known here; null before the first word. */
  #seq: number | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#stop = [
      socket.listen((message) => {
        this.#count(message);
        for (const listener of [...this.#listeners]) listener(message);
      }),
      socket.watch(({ kind }) => {
        if (kind === "live") this.#subscribe([...this.#followers.keys()], this.#seq);
      }),
    ];
  }

  /**
   * Asks for `topics` and calls `listener` with everything that arrives, other islands' topics
   * included. Topics that somebody follows already are asked for again: the newcomer has no
   * snapshot yet. Returns the function that ends it.
   */
  follow(topics: string[], listener: Listener): () => void {
    this.#listeners.add(listener);
    for (const topic of topics) this.#followers.set(topic, (this.#followers.get(topic) ?? 0) + 1);
    this.#subscribe(topics);
    return () => {
      this.#listeners.delete(listener);
      this.#leave(topics);
    };
  }

  close(): void {
    for (const stop of this.#stop) stop();
  }

  #count({ type, data }: ServerMessage): void {
    if (type === "event" || type === "subscribed") this.#seq = Math.max(this.#seq ?? 0, data.seq);
  }

  #subscribe(topics: string[], since: number | null = null): void {
    if (topics.length === 0) return;
    const data = since === null ? { topics } : { topics, since };
    this.#socket.send({ type: "subscribe", data });
  }

  #leave(topics: string[]): void {
    const unused: string[] = [];
    for (const topic of topics) {
      const left = (this.#followers.get(topic) ?? 0) - 1;
      if (left > 0) this.#followers.set(topic, left);
      else if (this.#followers.delete(topic)) unused.push(topic);
    }
    if (unused.length > 0) this.#socket.send({ type: "unsubscribe", data: { topics: unused } });
  }
}
