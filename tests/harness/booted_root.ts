import { hasProgram, run } from "@/cli/run.ts";
import { kill } from "@/tasks/build/run_to_end.ts";
import { PATH, SpareRoot } from "./spare_root.ts";
import { eventually, within } from "./wait.ts";

/**
 * A spare root that systemd has booted, to basic.target and no further: what this machine starts for
 * itself is not started there. It shares the machine's network, so that its servers are reached.
 */
export class BootedRoot implements AsyncDisposable {
  readonly #root: SpareRoot;
  #nspawn: Deno.ChildProcess | null = null;
  /** The process id of its systemd. */
  #leader = 0;

  private constructor(root: SpareRoot) {
    this.#root = root;
  }

  #start(): void {
    const [enter, ...words] = this.#root.enter;
    this.#nspawn = new Deno.Command(enter!, {
      args: [
        ...[...words, "systemd-nspawn", "--quiet", "--register=no", "--keep-unit"],
        ...[`--directory=${PATH}`, "--machine=virtglass-spare", "--link-journal=no"],
        ...["--console=pipe", "--boot", "--", "--unit=basic.target"],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
    }).spawn();
  }

  /** `prepare` changes the root before anything of it runs. */
  static async boot(prepare: (root: SpareRoot) => Promise<void>): Promise<BootedRoot> {
    const root = await SpareRoot.make();
    const booted = new BootedRoot(root);
    try {
      // Machines are told apart by it: systemd makes a new one.
      await Deno.writeTextFile(root.path("/etc/machine-id"), "");
      await prepare(root);
      booted.#start();
      await eventually(() => booted.#boots(), {
        for: "systemd to boot",
        deadline: 60_000,
        every: 200,
      });
      return booted;
    } catch (error) {
      await booted[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #boots(): Promise<boolean> {
    const { pid } = this.#nspawn!;
    const children = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
    this.#leader = Number(children.trim().split(" ")[0]);
    return (await this.run("systemctl", "is-active", "basic.target")) === "active\n";
  }

  /** Runs a program in there, with an environment of its own, and returns what it printed. */
  async run(program: string, ...args: string[]): Promise<string> {
    return await run("nsenter", [
      ...[`--target=${this.#leader}`, "--all", "--root", "--wdns=/", "env"],
      ...["--ignore-environment", "HOME=/root", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"],
      ...["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", program, ...args],
    ]);
  }

  get root(): SpareRoot {
    return this.#root;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#nspawn !== null) {
      // Without its own systemd, all of it ends; without the one outside, nothing of it would.
      if (this.#leader > 0) Deno.kill(this.#leader, "SIGKILL");
      else kill(this.#nspawn, "SIGKILL");
      await within(20_000, "the spare system to end", this.#nspawn.status);
    }
    await this.#root[Symbol.asyncDispose]();
  }

  /** Why this machine cannot have one, or null when it can. */
  static async problem(): Promise<string | null> {
    if (!await hasProgram("systemd-nspawn")) {
      return "systemd-nspawn is not installed (package systemd-container)";
    }
    return await SpareRoot.problem();
  }
}
