import { type Connection, type Lane, LaneBroken } from "@/libvirt/mod.ts";

/** Somebody who waits for a lane, and takes any but one. */
interface Waiting {
  except: Lane | null;
  resolve: (lane: Lane) => void;
}

/**
 * Lanes for calls that may take long: each has one use at a time, and the next use takes whichever is
 * free. So a call that is stuck holds its own lane and nobody's turn; and what fails when a lane
 * breaks is what was running on it.
 */
export class LanePool implements AsyncDisposable {
  readonly #most: number;
  readonly #make: (number: number) => Lane;
  readonly #lanes: Lane[] = [];
  readonly #busy = new Set<Lane>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  /** @param make makes the lane with this number, counted from 1, when it is first needed */
  constructor(most: number, make: (number: number) => Lane) {
    this.#most = most;
    this.#make = make;
  }

  /** A use that never began because its lane was down is tried once more, on another lane. */
  async run<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
    let begun = false;
    const first = await this.#take(null);
    try {
      return await this.#runOn(first, (connection) => {
        begun = true;
        return use(connection);
      });
    } catch (error) {
      if (begun || !(error instanceof LaneBroken) || this.#most === 1) throw error;
    }
    return await this.#runOn(await this.#take(first), use);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  async #runOn<T>(lane: Lane, use: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      // Only the first attempt is waited for; whether the lane is up by now is what `run` knows.
      await lane.ready().catch(() => {});
      return await lane.run(use);
    } finally {
      this.#free(lane);
    }
  }

  /** One that is up, else a new one, else one that is down; when there is none, the next to be free. */
  async #take(except: Lane | null): Promise<Lane> {
    // A lane that is made from now on would never be closed.
    if (this.#closed) throw new LaneBroken("closed", "commands");
    const free = this.#lanes.filter((lane) => lane !== except && !this.#busy.has(lane));
    const lane = free.find(({ state }) => state.up) ?? this.#add() ?? free[0];
    if (lane === undefined) {
      return await new Promise((resolve) => this.#waiting.push({ except, resolve }));
    }
    this.#busy.add(lane);
    return lane;
  }

  /** It stays busy when somebody waits for it. */
  #free(lane: Lane): void {
    const next = this.#waiting.findIndex(({ except }) => except !== lane);
    if (next < 0) this.#busy.delete(lane);
    else this.#waiting.splice(next, 1)[0]!.resolve(lane);
  }

  #add(): Lane | undefined {
    if (this.#lanes.length >= this.#most) return undefined;
    const lane = this.#make(this.#lanes.length + 1);
    this.#lanes.push(lane);
    lane.start();
    return lane;
  }
}
