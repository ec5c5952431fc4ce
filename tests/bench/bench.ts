import { type Fleet, startFleet } from "./fleet.ts";
import { compileC, programs } from "./compiler.ts";
import { type BenchConsole, type BenchGuest, startBenchGuest } from "./guest.ts";
import { startTestVMs, type TestVMs } from "./test_vms.ts";
import { makeDataDir, Virtglass } from "./virtglass.ts";

/**
 * What the rows share: compiled C programs, guests and fleets that stay up between rounds, an admin.
 * Everything is made at first use and ends with the bench.
 */
export class Bench implements AsyncDisposable {
  readonly #stack: AsyncDisposableStack;
  readonly #fleets = new Map<number, Promise<Fleet>>();
  readonly #testVMs = new Map<number, Promise<TestVMs>>();
  readonly #guests = new Map<string, Promise<BenchGuest>>();

  private constructor(
    readonly folder: string,
    readonly dataDir: string,
    /** Fewer samples, to see that everything works; no figures to quote. */
    readonly quick: boolean,
    /** How long a page is left open. */
    readonly minutes: number,
    stack: AsyncDisposableStack,
  ) {
    this.#stack = stack;
  }

  static async open({ quick, minutes }: { quick: boolean; minutes: number }): Promise<Bench> {
    await using stack = new AsyncDisposableStack();
    const folder = await Deno.makeTempDir({ prefix: "vg-bn-" });
    stack.defer(() => Deno.remove(folder, { recursive: true }));
    for (const name of programs()) await compileC(name, folder);
    const dataDir = await makeDataDir(folder);
    return new Bench(folder, dataDir, quick, minutes, stack.move());
  }

  /** The path of a compiled C program. */
  program(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** The path of a file in peers/. */
  peer(name: string): string {
    return `${import.meta.dirname}/peers/${name}`;
  }

  /** `size` paused VMs on a libvirtd of their own. */
  fleet(size: number): Promise<Fleet> {
    return this.#once(this.#fleets, size, () => startFleet(size));
  }

  /** `size` running VMs of libvirt's test driver. */
  testVMs(size: number): Promise<TestVMs> {
    return this.#once(this.#testVMs, size, () => startTestVMs(size, this.program("events")));
  }

  /** A booted guest with a shell on its console, on a libvirtd of its own. */
  guest(name: string, console: BenchConsole = "serial"): Promise<BenchGuest> {
    return this.#once(this.#guests, name, () => startBenchGuest(name, console));
  }

  /** A fresh server on `uri`; the caller disposes it. */
  serve(uri: string, ...flags: string[]): Promise<Virtglass> {
    return Virtglass.start(uri, this.dataDir, ...flags);
  }

  /** `full` samples, or a tenth of them in a quick run. */
  samples(full: number): number {
    return this.quick ? Math.ceil(full / 10) : full;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }

  #once<Key, Value extends AsyncDisposable>(
    made: Map<Key, Promise<Value>>,
    key: Key,
    make: () => Promise<Value>,
  ): Promise<Value> {
    const known = made.get(key);
    if (known) return known;
    const fresh = make().then((value) => this.#stack.use(value));
    made.set(key, fresh);
    return fresh;
  }
}
