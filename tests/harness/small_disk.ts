import { run } from "@/cli/run.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { within } from "./wait.ts";

/** A small disk that nobody but its own processes sees; it is gone with this process. Needs root. */
export class SmallDisk implements AsyncDisposable {
  /** Where it is for the processes that `starter` starts. */
  readonly path: string;
  /** Where it is for everybody else; SQLite does not find its way by it. */
  readonly outside: string;
  /** Begins a command line that is to see it. */
  readonly starter: readonly string[];
  readonly #holder: Deno.ChildProcess;

  private constructor(path: string, holder: Deno.ChildProcess) {
    this.path = path;
    this.outside = `/proc/${holder.pid}/root${path}`;
    this.starter = ["nsenter", `--mount=/proc/${holder.pid}/ns/mnt`];
    this.#holder = holder;
  }

  static async mount(bytes: number): Promise<SmallDisk> {
    const path = await Deno.makeTempDir({ prefix: "virtglass-disk-" });
    const script = `mount -t tmpfs -o size=${bytes} none "$1"; echo mounted; exec cat`;
    const holder = new Deno.Command("unshare", {
      // Ends when its standard input does: with this process, however that ends.
      args: ["--mount", "sh", "-ec", script, "sh", path],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    await firstLine(holder, "mounted");
    return new SmallDisk(path, holder);
  }

  /** Runs a command line that sees it, to its end. Throws CommandFailed. */
  async run(args: readonly string[], stdin = ""): Promise<string> {
    const [program, ...rest] = [...this.starter, ...args];
    return await run(program!, rest, { stdin });
  }

  /** Takes what room is left. */
  fill(): void {
    using file = Deno.openSync(`${this.outside}/ballast`, { append: true, create: true });
    for (const size of [65_536, 4096]) {
      const bytes = new Uint8Array(size);
      try {
        while (file.writeSync(bytes) === size);
      } catch {
        // There is no room for as much: less may fit.
      }
    }
  }

  /**
   * Reads a SQLite file of it until it is disposed. For as long as there is a reader SQLite begins no
   * log anew, which would be room to write though the disk is full.
   */
  async read(file: string): Promise<AsyncDisposable> {
    const script = `
      import { DatabaseSync } from "node:sqlite";
      using store = new DatabaseSync(Deno.args[0], { readOnly: true });
      store.exec("BEGIN; SELECT count(*) FROM sqlite_schema");
      console.log("reading");
      for await (const _ of Deno.stdin.readable);`;
    const [program, ...rest] = [...this.starter, Deno.execPath()];
    const reader = new Deno.Command(program!, {
      args: [...rest, "eval", "--ext=ts", script, `${this.path}/${file}`],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    await firstLine(reader, "reading");
    return {
      async [Symbol.asyncDispose]() {
        await reader.stdin.close();
        await reader.status;
      },
    };
  }

  /** Gives it back. */
  empty(): void {
    Deno.removeSync(`${this.outside}/ballast`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#holder.stdin.close();
    await this.#holder.status;
    await Deno.remove(this.path, { recursive: true });
  }
}

/** Waits for this line. */
async function firstLine({ stdout }: Deno.ChildProcess, wanted: string): Promise<void> {
  const lines = stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  const reader = lines.getReader();
  const { value } = await within(20_000, `"${wanted}"`, reader.read());
  await reader.cancel();
  if (value !== wanted) throw new Error(`it said "${value}", not "${wanted}"`);
}
