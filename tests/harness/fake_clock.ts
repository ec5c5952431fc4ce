import { run } from "@/cli/run.ts";

/** A clock for one other process, whose time of day can be set while it runs; libfaketime's. */
export class FakeClock implements Disposable {
  readonly #file: string;
  readonly #library: string;

  private constructor(library: string, file: string) {
    this.#library = library;
    this.#file = file;
  }

  /** Why there is none on this machine; null when there is. */
  static async problem(): Promise<string | null> {
    return await library() === null ? "Debian's package faketime is not installed" : null;
  }

  /** A clock that goes right until it is set. */
  static async create(): Promise<FakeClock> {
    const clock = new FakeClock((await library())!, await Deno.makeTempFile());
    clock.set(0);
    return clock;
  }

  /** The environment of the process that is to go by it. What nobody can set, it leaves alone. */
  get environment(): Record<string, string> {
    return {
      LD_PRELOAD: this.#library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** Sets it so many seconds fast, from the next look at it on. */
  set(seconds: number): void {
    // Renamed, because the process looks at any moment, and must not find half of it.
    Deno.writeTextFileSync(`${this.#file}.new`, `${seconds < 0 ? "" : "+"}${seconds}\n`);
    Deno.renameSync(`${this.#file}.new`, this.#file);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#file);
  }
}

async function library(): Promise<string | null> {
  const files = await run("dpkg", ["--listfiles", "libfaketime"]).catch(() => "");
  return files.split("\n").find((file) => file.endsWith("/libfaketimeMT.so.1")) ?? null;
}
