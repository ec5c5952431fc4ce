import type { ServerMessage } from "@/protocol/mod.ts";
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
  /** Of the last event known here; undefined before the first word. */
  #seq: number | undefined;
  /** Of the last event before a snapshot whose replay may still come; 0 when none does. */
  #replayed = 0;
  /** Topics whose snapshot is still to come, and whether others may have cost them theirs. */
  #asked = new Map<string, "together" | "apart">();
  /** Whether the server could not tell which VMs there are. */
  #unlisted = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#stop = [
      socket.listen((message) => {
        if (!this.#isNews(message)) return;
        for (const listener of [...this.#listeners]) listener(message);
      }),
      socket.watch(({ kind }) => {
        this.#replayed = 0;
        this.#asked.clear();
        this.#unlisted = false;
        if (kind === "live") this.#subscribe([...this.#followers.keys()], "together", this.#seq);
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
    this.#subscribe(topics, "together");
    return () => {
      this.#listeners.delete(listener);
      this.#leave(topics);
    };
  }

  close(): void {
    for (const stop of this.#stop) stop();
  }

  /** Takes note of `message`; false for an event that was heard already. */
  #isNews(message: ServerMessage): boolean {
    if (message.type === "event") {
      const { seq } = message.data;
      if (seq <= (this.#seq ?? 0)) return false;
      this.#seq = seq;
      return true;
    }
    if (message.type === "error") {
      this.#unlisted ||= message.data.code === "LIBVIRT_UNAVAILABLE";
      this.#askApart();
      return true;
    }
    // A replay follows its snapshot at once, so that what is no event is the end of it.
    if (this.#replayed > 0) this.#seq = Math.max(this.#seq ?? 0, this.#replayed);
    this.#replayed = 0;
    if (message.type === "subscribed") {
      const { seq, topics } = message.data;
      for (const topic of topics) this.#asked.delete(topic);
      // Only who knew of events can be told others, and would miss them if the socket broke now.
      if (this.#seq === undefined) this.#seq = seq;
      else {
        // A server whose clock was set back counts lower, and all that it tells is news.
        if (seq < this.#seq) this.#seq = 0;
        this.#replayed = seq;
      }
    } else if (message.type === "host" && message.data.libvirt.connected && this.#unlisted) {
      this.#unlisted = false;
      this.#subscribe([...this.#asked.keys()], "apart");
    }
    return true;
  }

  /**
   * One unknown VM may have cost all topics of a subscription. Those that name no VM are known to
   * every server, and take the replay in one piece; the others are asked for one by one, once.
   */
  #askApart(): void {
    const again = [...this.#asked.keys()].filter((topic) => this.#asked.get(topic) === "together");
    const ofVMs = again.filter((topic) => topic.includes(":") && topic !== "metrics:*");
    this.#subscribe(again.filter((topic) => !ofVMs.includes(topic)), "apart", this.#seq);
    for (const topic of ofVMs) this.#subscribe([topic], "apart");
  }

  #subscribe(topics: string[], how: "together" | "apart", since?: number): void {
    if (topics.length === 0) return;
    if (!this.#socket.send({ type: "subscribe", data: { topics, since } })) return;
    for (const topic of topics) this.#asked.set(topic, how);
  }

  #leave(topics: string[]): void {
    const unused: string[] = [];
    for (const topic of topics) {
      const left = (this.#followers.get(topic) ?? 0) - 1;
      if (left > 0) this.#followers.set(topic, left);
      else if (this.#followers.delete(topic)) unused.push(topic);
    }
    for (const topic of unused) this.#asked.delete(topic);
    if (unused.length > 0) this.#socket.send({ type: "unsubscribe", data: { topics: unused } });
  }
}
