import assert from "node:assert/strict";
import { executable, executableProblem } from "@/tests/harness/executable.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { Running } from "@/tests/harness/running.ts";
import { virsh } from "@/tests/harness/virsh.ts";
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
    const demo = new Running([program, "demo", "--port", "0", "--connect", libvirtd.uri], {
      env: { XDG_CACHE_HOME: folder.path, TMPDIR: folder.path },
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
    const demo = new Running([program, "demo", "--port", "0"], {
      env: { PATH: folder.path, TMPDIR: folder.path },
    });
    const said = await demo.line(/^No real VM: (.*)$/);
    assert.match(said[1]!, /there is no virsh.*apt-get install .*libvirt-clients|only root/);
    const [, url] = await demo.line(/virtglass runs at (http:\S+)\//);
    const [, password] = await demo.line(/password +(\S+)/);
    assert.deepEqual((await vmsOf(url!, password!)).map(({ name }) => name), ["test"]);
    // As when its terminal is closed.
    assert.equal(await demo.stop("SIGHUP"), 0);
    assert.deepEqual([...Deno.readDirSync(folder.path)], []);
  },
});

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
