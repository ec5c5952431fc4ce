/** A way to a server that can be cut: a TCP port that hands everything on until `cut` is called. */
export class LossyLine implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #open = new Set<Deno.Conn>();
  readonly #target: URL;
  readonly #accepting: Promise<void>;

  /** `target` is the server's address: where the line leads. */
  constructor(target: string) {
    this.#target = new URL(target);
    this.#accepting = this.#accept();
  }

  /** As the server's own address, without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#listener.addr as Deno.NetAddr).port}`;
  }

  /** Every connection breaks, with whatever is on its way. */
  cut(): void {
    for (const connection of this.#open) close(connection);
    this.#open.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.cut();
    await this.#accepting;
  }

  async #accept(): Promise<void> {
    for await (const near of this.#listener) void this.#join(near);
  }

  async #join(near: Deno.Conn): Promise<void> {
    const { hostname, port } = this.#target;
    this.#open.add(near);
    const far = await Deno.connect({ hostname, port: Number(port) });
    if (!this.#open.has(near)) return close(far);
    this.#open.add(far);
    const ways = [[near, far], [far, near]] as const;
    await Promise.all(ways.map(([from, to]) => from.readable.pipeTo(to.writable).catch(() => {})));
    for (const connection of [near, far]) {
      this.#open.delete(connection);
      close(connection);
    }
  }
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}
