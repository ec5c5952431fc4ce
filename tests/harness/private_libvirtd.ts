import { run } from "@/cli/run.ts";
import { eventually, within } from "./wait.ts";

/**
 * A libvirtd of the test's own, to kill, freeze and restart, beside the machine's. It lives in its
 * own mount, network and process namespace, and all that is in there (QEMU too) ends with the test,
 * however the test ends. Any number may run at once.
 *
 *     await using libvirtd = await PrivateLibvirtd.start();
 *     await using guest = await startGuest(libvirtd.uri, { name: "web1" });
 *     await libvirtd.kill();
 */
export class PrivateLibvirtd implements AsyncDisposable {
  /** Reaches it from outside its namespaces. */
  readonly uri: string;
  /** Process id of libvirtd, as seen from here. Another one after `restart`. */
  pid = 0;
  readonly #folder: string;
  readonly #world: Deno.ChildProcess;
  readonly #commands: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: ReadableStreamDefaultReader<string>;

  private constructor(folder: string) {
    this.#folder = folder;
    this.uri = `qemu+unix:///system?socket=${folder}/libvirt-sock`;
    this.#world = new Deno.Command("unshare", {
      args: [...NAMESPACES, "bash", `${import.meta.dirname}/private_libvirtd.sh`, folder],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#commands = this.#world.stdin.getWriter();
    this.#answers = this.#world.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async start(): Promise<PrivateLibvirtd> {
    const libvirtd = new PrivateLibvirtd(
      await Deno.makeTempDir({ prefix: "virtglass-libvirtd-" }),
    );
    try {
      await libvirtd.restart();
      return libvirtd;
    } catch (error) {
      await libvirtd[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Starts libvirtd, ending it first if it runs, and returns when it takes connections. */
  async restart(): Promise<void> {
    if (this.pid) await this.kill();
    await this.#commands.write(new TextEncoder().encode("start\n"));
    const { value } = await within(10_000, "libvirtd's process id", this.#answers.read());
    // Its parent's list of children lacks some of them for as long as others end.
    this.pid = await eventually(() => hostPid(this.#world.pid, Number(value)), {
      for: `process ${value} of the private libvirtd's world`,
    });
    await eventually(() => run("virsh", ["--connect", this.uri, "uri"]), {
      for: `libvirtd at ${this.uri}`,
      deadline: 20_000,
    });
  }

  /** SIGKILL, as a crash. Guests keep running. Returns when the process is dead. */
  async kill(): Promise<void> {
    Deno.kill(this.pid, "SIGKILL");
    await eventually(() => isDead(this.pid), { for: `process ${this.pid} to die` });
    this.pid = 0;
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  freeze(): void {
    Deno.kill(this.pid, "SIGSTOP");
  }

  /** SIGCONT. */
  thaw(): void {
    Deno.kill(this.pid, "SIGCONT");
  }

  /**
   * Has libvirtd wait in the middle of every start of a guest, until it is disposed; libvirtd starts
   * anew, since it looks for hooks then.
   */
  async holdStarts(): Promise<DisposableStack> {
    const hooks = `${this.#folder}/etc/libvirt/hooks`;
    const held = `${this.#folder}/held`;
    await Deno.writeTextFile(held, "");
    await Deno.mkdir(hooks);
    await Deno.writeTextFile(
      `${hooks}/qemu`,
      `#!/bin/sh\n[ "$2" != prepare ] || while [ -e ${held} ]; do sleep 0.1; done\n`,
      { mode: 0o755 },
    );
    await this.restart();
    const release = new DisposableStack();
    release.defer(() => Deno.removeSync(held));
    return release;
  }

  /** What libvirtd wrote to its log. */
  log(): Promise<string> {
    return Deno.readTextFile(`${this.#folder}/libvirtd.out`);
  }

  /** Throws when libvirtd has ended by itself. */
  async [Symbol.asyncDispose](): Promise<void> {
    const crashed = this.pid !== 0 && await isDead(this.pid);
    const log = crashed ? await this.log() : "";
    await this.#commands.close();
    await this.#answers.cancel();
    await within(20_000, "the private libvirtd's namespaces to end", this.#world.status);
    if (crashed) throw new Error(`the private libvirtd ended by itself; its log:\n${log}`);
  }

  /** Why this machine cannot have a private libvirtd, or null when it can. */
  static async problem(): Promise<string | null> {
    try {
      await run("libvirtd", ["--version"]);
      await run("unshare", [...NAMESPACES, "true"]);
      return null;
    } catch (error) {
      return `a private libvirtd needs root, namespaces and libvirtd: ${
        error instanceof Error ? error.message : error
      }`;
    }
  }
}

const NAMESPACES = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** The process id, here, of the process that has `inner` inside the namespace of `unshare`. */
async function hostPid(unshare: number, inner: number): Promise<number> {
  for (const init of await children(unshare)) {
    for (const pid of await children(init)) {
      const status = await Deno.readTextFile(`/proc/${pid}/status`);
      if (/^NSpid:.*\s(\d+)$/m.exec(status)?.[1] === String(inner)) return pid;
    }
  }
  throw new Error(`no process ${inner} below ${unshare}`);
}

async function children(pid: number): Promise<number[]> {
  const list = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
  return list.trim().split(/\s+/).filter(Boolean).map(Number);
}

/** A killed process stays as a zombie until its parent asks for it. */
async function isDead(pid: number): Promise<boolean> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => "");
  return stat === "" || / Z /.test(stat.slice(stat.lastIndexOf(")")));
}
