const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/**
 * Runs a program to its end, with `input` on its stdin, and answers the lines it printed. Throws with
 * its stderr if it failed.
 */
export async function run(
  command: string,
  args: readonly string[],
  input = "",
): Promise<string[]> {
  const child = new Deno.Command(command, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  // A program that reads no input may close it before it was written.
  const writing = new Response(input).body?.pipeTo(child.stdin).catch(() => {});
  const { success, stdout, stderr } = await child.output();
  await (writing ?? child.stdin.close());
  if (!success) throw new Error(`${command} failed: ${decode(stderr).trim() || decode(stdout)}`);
  return decode(stdout).split("\n").filter((line) => line !== "");
}

/**
 * A program that goes on until it is told to end, and the lines it prints. What it says on stderr is
 * told only if it ends too early. Disposing ends it (SIGTERM, then SIGKILL after 5 s) and waits.
 */
export class Program implements AsyncDisposable {
  readonly pid: number;
  readonly lines: string[] = [];
  readonly #name: string;
  readonly #child: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reading: Promise<unknown>;
  #heard = Promise.withResolvers<void>();
  #ended = false;

  #stderr = "";

  constructor(command: string, args: readonly string[]) {
    this.#name = command;
    this.#child = new Deno.Command(command, {
      args: [...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.pid = this.#child.pid;
    this.#stdin = this.#child.stdin.getWriter();
    this.#reading = Promise.all([this.#read(), this.#readStderr()]);
  }

  /** Whether it has closed its stdout: it ended, or is about to. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when it has printed more than `count` lines; answers the line after the first `count`. */
  async line(count: number): Promise<string> {
    for (;;) {
      const line = this.lines[count];
      if (line !== undefined) return line;
      if (this.#ended) throw await this.failure();
      await this.#heard.promise;
    }
  }

  /** That it ended too early, with its last words. Waits for its end. */
  async failure(): Promise<Error> {
    await this.#reading;
    return new Error(`${this.#name} ended too early: ${this.#stderr.trim()}`);
  }

  /** Resolves when it has ended by itself, all its lines read. Throws if it failed. */
  async done(): Promise<void> {
    const { success } = await this.#child.status;
    if (!success) throw await this.failure();
    await this.#reading;
  }

  /** Writes a line to its stdin and answers the next line that it prints. */
  async ask(question: string): Promise<string> {
    const next = this.lines.length;
    await this.#stdin.write(new TextEncoder().encode(`${question}\n`));
    return await this.line(next);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const kill = setTimeout(() => this.#child.kill("SIGKILL"), 5000);
    if (!this.#ended) this.#child.kill("SIGTERM");
    await this.#child.status;
    clearTimeout(kill);
    await this.#stdin.abort().catch(() => {});
    await this.#reading;
  }

  async #read(): Promise<void> {
    let rest = "";
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.lines.push(...lines);
      this.#wake();
    }
    this.#ended = true;
    this.#wake();
  }

  async #readStderr(): Promise<void> {
    for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) {
      this.#stderr = (this.#stderr + text).slice(-2000);
    }
  }

  #wake(): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers<void>();
  }
}
