import type { ConsoleOptions, ConsoleStream } from "@/libvirt/mod.ts";
import { Connection } from "@/libvirt/mod.ts";
import { within } from "@/tests/harness/wait.ts";

/** A guest's console on a connection of its own, with what it said so far. */
export class Terminal implements AsyncDisposable {
  readonly connection: Connection;
  readonly ended: Promise<"eof" | "error">;
  text = "";
  bytes = 0;
  #stream: ConsoleStream | undefined;
  #end = Promise.withResolvers<"eof" | "error">();
  #wake = () => {};

  private constructor(connection: Connection) {
    this.connection = connection;
    this.ended = this.#end.promise;
  }

  static async open(
    uri: string,
    name: string,
    options: Partial<ConsoleOptions> & { deadline?: number } = {},
  ): Promise<Terminal> {
    const { deadline = 10_000, ...console } = options;
    const terminal = new Terminal(await Connection.open(uri, { deadline }));
    try {
      using domain = await terminal.connection.domainByName(name);
      terminal.#stream = await domain.openConsole({
        onData: (bytes) => terminal.#hear(bytes),
        onEnd: terminal.#end.resolve,
        ...console,
      });
      return terminal;
    } catch (error) {
      await terminal.connection.close();
      throw error;
    }
  }

  get stream(): ConsoleStream {
    if (this.#stream === undefined) throw new Error("the console is not open yet");
    return this.#stream;
  }

  type(text: string): Promise<void> {
    return this.stream.send(new TextEncoder().encode(text));
  }

  /** Resolves when the guest has said something that matches, counted from the last `forget`. */
  async says(pattern: RegExp, deadline = 20_000): Promise<RegExpExecArray> {
    return await within(deadline, `the console to say ${pattern}`, this.#says(pattern));
  }

  forget(): void {
    this.text = "";
  }

  async #says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.text);
      if (match !== null) return match;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  #hear(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    this.text += new TextDecoder("latin1").decode(bytes);
    this.#wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stream?.close();
    await this.connection.close();
  }
}
