/** The tasks of deno.json that the pages tell people to type, each run as it stands there. */
import assert from "node:assert/strict";
import { run } from "@/cli/run.ts";
import { compileExecutable } from "@/tasks/build/executable.ts";
import { project } from "@/tasks/build/project.ts";
import { built } from "@/tests/harness/built.ts";
import { Checkout } from "@/tests/harness/checkout.ts";
import { executableProblem } from "@/tests/harness/executable.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { Running } from "@/tests/harness/running.ts";
import { virsh } from "@/tests/harness/virsh.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const PASSWORD = "correct horse 42";
const serve = (dataDir: string) => [
  ...["serve", "--listen", "127.0.0.1:0", "--connect", "test:///default"],
  ...["--data-dir", dataDir],
];

const problem = await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: deno task demo: ${problem}`);
const unmade = executableProblem();
if (unmade) console.log(`skipped: deno task compile and deb: ${unmade}`);

Deno.test("the tasks of deno.json do on another checkout what the pages say of them", async (test) => {
  using folder = temporaryFolder();
  const ours = `${folder.path}/virtglass`;
  await built();
  if (unmade === null) assert.equal(await compileExecutable({ output: ours }), 0);
  using checkout = await Checkout.copy();
  const dataDir = `${folder.path}/data`;
  const running = (...args: string[]) =>
    new Running([Deno.execPath(), "task", ...args], { cwd: checkout.path });

  await test.step("deno task start builds, and is virtglass", async () => {
    const add = ["user", "add", "alice", "--role", "admin", "--password-stdin"];
    const said = await checkout.task(["start", ...add, "--data-dir", dataDir], {}, `${PASSWORD}\n`);
    assert.match(said, /User "alice" \(admin\) added\./);
    const server = running("start", ...serve(dataDir));
    const [, url] = await server.line(/listens on (http:\S+)\//);
    assert.match(await (await fetch(`${url}/login`)).text(), /<title>Sign in/);
    assert.equal(await server.stop(), 0);
  });

  await test.step("deno task dev serves from the sources, anew when they change", async () => {
    const server = running("dev", ...serve(dataDir));
    const [, url] = await server.line(/listens on (http:\S+)\//);
    assert.match(await (await fetch(`${url}/login`)).text(), /<title>Sign in/);
    const file = `${checkout.path}/texts/en/sign_in.ts`;
    const texts = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, texts.replace('"Sign in"', '"Come in"'));
    await server.line(/^Built for texts\/en\/sign_in\.ts/);
    const [, again] = await server.line(/listens on (http:\S+)\//);
    assert.match(await (await fetch(`${again}/login`)).text(), /<title>Come in/);
    await Deno.writeTextFile(file, texts);
    await server.stop();
  });

  await test.step("deno task docs writes docs/CONFIGURATION.md", async () => {
    const file = "docs/CONFIGURATION.md";
    await Deno.remove(`${checkout.path}/${file}`);
    await checkout.task(["docs"]);
    const written = await Deno.readTextFile(`${checkout.path}/${file}`);
    assert.equal(written, await Deno.readTextFile(`${project}/${file}`));
  });

  await test.step({
    name: "deno task bench measures a row, and says what must be reached",
    ignore: Deno.uid() !== 0,
    async fn() {
      const said = await checkout.task(["bench", "javascript", "--quick"]);
      assert.match(said, /host page +\S+ kB +at most 15\.0 kB/);
    },
  });

  await test.step({
    name: "deno task demo boots a real VM and takes all of it away",
    ignore: problem !== null,
    async fn() {
      await using libvirtd = await PrivateLibvirtd.start();
      const demo = running("demo", "--port", "0", "--connect", libvirtd.uri);
      const [, url] = await demo.line(/virtglass runs at (http:\S+)\//);
      assert.equal((await fetch(`${url}/login`)).status, 200);
      await demo.line(/is real: its serial console is a root shell/);
      assert.equal(await demo.stop(), 0);
      assert.equal(await virsh(libvirtd.uri, "list", "--all", "--name"), "");
    },
  });

  await test.step({
    name: "deno task compile makes the same file as here, and deno task deb a package of it",
    ignore: unmade !== null,
    async fn() {
      // The commit that it was built of: a change since then may be none of what is in it.
      const commit = /\((\S+)\)/.exec(await run(ours, ["--version"]))?.[1];
      await checkout.task(["compile"], { VIRTGLASS_COMMIT: commit ?? "" });
      // Bundled and compiled anew, at another path: byte for byte.
      await run("cmp", [ours, `${checkout.path}/dist/virtglass`]);
      const made = (await checkout.task(["deb"])).trim().split("\n").at(-1)!;
      const contents = await run("dpkg-deb", ["--contents", made]);
      assert.match(contents, / \.\/usr\/bin\/virtglass$/m);
    },
  });
});
