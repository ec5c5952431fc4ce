import assert from "node:assert/strict";
import { kill } from "@/tasks/build/run_to_end.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { executable, executableProblem } from "@/tests/harness/executable.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { virsh } from "@/tests/harness/virsh.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const problem = executableProblem() ?? await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: the executable's demo: ${problem}`);

Deno.test({
  name: "virtglass demo boots a real VM, shows it to the admin it made, and takes all of it away",
  ignore: problem !== null,
  async fn() {
    const program = await executable();
    using folder = temporaryFolder();
    await using libvirtd = await PrivateLibvirtd.start();
    const demo = new Demo(program, ["--port", "0", "--connect", libvirtd.uri], {
      XDG_CACHE_HOME: folder.path,
      TMPDIR: folder.path,
    });
    const [, url] = await demo.line(/virtglass runs at (http:\S+)\//);
    const [, password] = await demo.line(/password +(\S+)/);
    await demo.line(/is real: its serial console is a root shell/);
    const vms = await vmsOf(url!, password!);
    assert.deepEqual(vms.map(({ name, status }) => [name, status]), [[
      "virtglass-demo",
      "running",
    ]]);
    assert.equal(await demo.stop(), 0);
    assert.equal(await virsh(libvirtd.uri, "list", "--all", "--name"), "");
    // What is kept is the kernel, for the next time.
    const left = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
    assert.deepEqual(left, ["virtglass"]);
  },
});

Deno.test({
  name: "virtglass demo says what a real VM lacks, and shows those of the test driver",
  ignore: executableProblem() !== null,
  async fn() {
    using folder = temporaryFolder();
    const program = await executable();
    const demo = new Demo(program, ["--port", "0"], { PATH: folder.path, TMPDIR: folder.path });
    const said = await demo.line(/^No real VM: (.*)$/);
    assert.match(said[1]!, /there is no virsh.*apt-get install .*libvirt-clients|only root/);
    const [, url] = await demo.line(/virtglass runs at (http:\S+)\//);
    const [, password] = await demo.line(/password +(\S+)/);
    assert.deepEqual((await vmsOf(url!, password!)).map(({ name }) => name), ["test"]);
    assert.equal(await demo.stop(), 0);
    assert.deepEqual([...Deno.readDirSync(folder.path)], []);
  },
});

/** A demo that runs, and what it says. */
class Demo {
  readonly #process: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;

  constructor(program: string, args: string[], env: Record<string, string>) {
    this.#process = new Deno.Command("setpriv", {
      args: [
        ...["--pdeathsig", "KILL", "env"],
        ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
        ...[program, "demo", ...args],
      ],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#lines = this.#process.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader();
  }

  /** The next line that says it. */
  async line(wanted: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const { value, done } = await within(120_000, `a line with ${wanted}`, this.#lines.read());
      const found = wanted.exec(value ?? "");
      if (found) return found;
      if (done) throw new Error(`the demo ended before it said ${wanted}`);
    }
  }

  /** As Ctrl-C does; returns the exit code. */
  async stop(): Promise<number> {
    kill(this.#process, "SIGINT");
    await this.#lines.cancel();
    return (await within(20_000, "the demo to end", this.#process.status)).code;
  }
}

async function vmsOf(url: string, password: string): Promise<{ name: string; status: string }[]> {
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "admin", password }),
  });
  const { token } = await login.json();
  const vms = await fetch(`${url}/api/v1/vms`, { headers: { authorization: `Bearer ${token}` } });
  return await vms.json();
}
