import { kill } from "@/tasks/build/run_to_end.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { within } from "./wait.ts";

/** A program that runs until it is told to stop, and what it says meanwhile. It ends with this process. */
export class Running {
  readonly #process: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;

  /** @param command the program and its arguments */
  constructor(
    command: string[],
    { env = {}, ...options }: { cwd?: string; env?: Record<string, string> } = {},
  ) {
    // By env(1): a PATH among the variables is the program's alone.
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const both = ["sh", "-c", 'exec "$@" 2>&1', "sh"];
    this.#process = new Deno.Command("setpriv", {
      ...options,
      args: ["--pdeathsig", "KILL", ...both, "env", ...variables, ...command],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#lines = this.#process.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader();
  }

  /** The next line that says it. */
  async line(wanted: RegExp): Promise<RegExpExecArray> {
    const said: string[] = [];
    for (;;) {
      const { value, done } = await within(120_000, `a line with ${wanted}`, this.#lines.read());
      const found = wanted.exec(value ?? "");
      if (found) return found;
      if (done) throw new Error(`it ended before it said ${wanted}, with ${said.join("\n")}`);
      said.push(value);
    }
  }

  /** As Ctrl-C does, or by another signal; returns the exit code. */
  async stop(signal: Deno.Signal = "SIGINT"): Promise<number> {
    kill(this.#process, signal);
    await this.#lines.cancel();
    return (await within(20_000, "the program to end", this.#process.status)).code;
  }
}
