import { exists } from "@/cli/exists.ts";
import { run } from "@/cli/run.ts";
import { within } from "./wait.ts";

/**
 * This machine's own root as another machine: whatever is installed here is there, and what is changed
 * there is changed nowhere else. An overlay in a mount namespace of its own, gone with its holder.
 *
 *     await using root = await SpareRoot.make();
 *     await root.run("dpkg", "--install", "/tmp/x.deb");
 *     await root.changed();
 */
export class SpareRoot implements AsyncDisposable {
  readonly #holder: Deno.ChildProcess;

  private constructor() {
    this.#holder = new Deno.Command("setpriv", {
      args: ["--pdeathsig", "KILL", ...NAMESPACE, "sh", "-euc", MOUNT],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
  }

  static async make(): Promise<SpareRoot> {
    const root = new SpareRoot();
    const said = root.#holder.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await within(10_000, "an overlay of this root", said.read());
    await said.cancel();
    if (value !== "mounted\n") throw new Error("an overlay of this root cannot be mounted");
    return root;
  }

  /** Words before a program and its arguments that run it in the holder's namespace. */
  get enter(): string[] {
    return ["nsenter", `--target=${this.#holder.pid}`, "--mount"];
  }

  /** Runs a program in the root, with an environment of its own, and returns what it printed. */
  async run(program: string, ...args: string[]): Promise<string> {
    const [enter, ...rest] = [...this.enter, "env", ...ENVIRONMENT, "chroot", PATH, program];
    return await run(enter!, [...rest, ...args]);
  }

  /** A path of the root, as this process reaches it. */
  path(path: string): string {
    return `/proc/${this.#holder.pid}/root${PATH}${path}`;
  }

  /**
   * Files and links that were made, changed or removed, and folders that were made, those of `besides`
   * left out.
   */
  async changed(besides: RegExp): Promise<string[]> {
    const upper = `/proc/${this.#holder.pid}/root${MOUNTED}/upper`;
    const within = ["-mindepth", "1", "-not", "-path", `${upper}/dev/*`];
    const list = await run("find", [upper, ...within, "-printf", "%y/%P\n"]);
    const entries = list.split("\n").filter((line) => line !== "");
    // The overlay has a folder of its own for each in which something is changed.
    return entries.filter((line) => line[0] !== "d" || !exists(line.slice(1)))
      .map((line) => line.slice(1)).filter((path) => !besides.test(path)).toSorted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#holder.stdin.close();
    await within(10_000, "the overlay's holder to end", this.#holder.status);
  }

  /** Why this machine cannot have one, or null when it can. */
  static async problem(): Promise<string | null> {
    try {
      await using _root = await SpareRoot.make();
      return null;
    } catch (error) {
      return `an overlay of this root needs root: ${
        error instanceof Error ? error.message : error
      }`;
    }
  }
}

/** Where systemd-nspawn, started with `enter`, finds the root. */
export const PATH = "/mnt/root";
const MOUNTED = "/mnt";
const NAMESPACE = ["unshare", "--mount", "--propagation", "private"];
const ENVIRONMENT = [
  "--ignore-environment",
  "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  "LC_ALL=C.UTF-8",
  "DEBIAN_FRONTEND=noninteractive",
];

/** In memory: nothing is left behind, however it ends. */
const MOUNT = `
mount -t tmpfs none ${MOUNTED}
mkdir ${MOUNTED}/upper ${MOUNTED}/work ${PATH}
mount -t overlay -o lowerdir=/,upperdir=${MOUNTED}/upper,workdir=${MOUNTED}/work none ${PATH}
mount -t tmpfs none ${PATH}/run
mount -t tmpfs none ${PATH}/tmp
for dev in 'null 1 3' 'urandom 1 9'; do set -- $dev; rm -f ${PATH}/dev/$1; mknod -m 666 ${PATH}/dev/$1 c $2 $3; done
echo mounted
read -r _ || true
`;
