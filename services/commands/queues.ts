/** What is to be done to one VM and has not ended. */
interface Queue {
  length: number;
  /** The end of the last of it. */
  end: Promise<unknown>;
}

/** What is to be done to VMs: one thing at a time for each, in the order in which it came. */
export class VMQueues {
  readonly #queues = new Map<string, Queue>();

  /** How much is done to this VM, or waits for that. */
  length(uuid: string): number {
    return this.#queues.get(uuid)?.length ?? 0;
  }

  /** Does it as soon as what came before has ended, whatever became of that. */
  async add<T>(uuid: string, step: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(uuid) ?? { length: 0, end: Promise.resolve() };
    this.#queues.set(uuid, queue);
    queue.length++;
    const ended = queue.end.then(step, step);
    queue.end = ended;
    try {
      return await ended;
    } finally {
      if (--queue.length === 0) this.#queues.delete(uuid);
    }
  }

  /** Resolves when everything that was added has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#queues.values().map(({ end }) => end));
  }
}
