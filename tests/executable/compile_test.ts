import assert from "node:assert/strict";
import { deliveredModules } from "@/tasks/build/delivered.ts";
import { compileExecutable } from "@/tasks/build/executable.ts";
import { hasProgram, run } from "@/cli/run.ts";
import { built } from "@/tests/harness/built.ts";
import { executableProblem } from "@/tests/harness/executable.ts";
import { Running } from "@/tests/harness/running.ts";

const problem = executableProblem();
if (problem) console.log(`skipped: compile: ${problem}`);

Deno.test({
  name: "deno task compile makes one file that serves alone in an empty folder",
  ignore: problem !== null,
  async fn(test) {
    await built();
    const folder = await Deno.makeTempDir({ prefix: "virtglass-alone-" });
    const output = `${folder}/virtglass`;
    const project = Deno.cwd();
    try {
      assert.equal(await compileExecutable({ output }), 0);
      assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["virtglass"]);
      await test.step({
        name: "it serves with no network, no environment, and nothing in its folder but itself",
        ignore: Deno.uid() !== 0,
        async fn() {
          const alone = [
            "unshare",
            "--net",
            "sh",
            "-c",
            'ip link set lo up && exec env -i "$@"',
            "sh",
          ];
          const serve = ["serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"];
          const server = new Running([...alone, output, ...serve, "--data-dir", "data"], {
            cwd: folder,
          });
          await server.line(/listens on http:/);
          assert.equal(await server.stop(), 0);
          await Deno.remove(`${folder}/data`, { recursive: true });
        },
      });
      await test.step("every module that was built is in it", async () => {
        using file = await Deno.open(output);
        // Behind the runtime, which is the longest part by far.
        await file.seek(-8 * 1024 * 1024, Deno.SeekMode.End);
        const end = await new Response(file.readable).bytes();
        const text = new TextDecoder("latin1").decode(end);
        assert.deepEqual(deliveredModules().filter((module) => !text.includes(module)), []);
      });
      // The harness reads which program it tests when it is loaded.
      Deno.env.set("VIRTGLASS_BIN", output);
      Deno.chdir(folder);
      await serves(test);
    } finally {
      Deno.chdir(project);
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function serves(test: Deno.TestContext): Promise<void> {
  const { ADMIN, Server, virtglass } = await import("@/tests/harness/server.ts");
  await test.step("--version", async () => {
    assert.match(await virtglass(["--version"]), /^virtglass \d+\.\d+\.\d+ \([\da-f]{12}\+?\)\n$/);
  });
  await using server = await Server.start({ connect: "test:///default" });
  const anyone = (path: string, init: RequestInit = {}) =>
    server.fetch(path, { token: null, ...init });

  await test.step("/healthz and /readyz", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      const response = await anyone(path);
      assert.equal(response.status, 200, path);
      await response.body?.cancel();
    }
  });
  const page = await (await anyone("/login")).text();
  await test.step("every style and script that the sign-in page names", async () => {
    const named = [...page.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg)[^"]*)"/g)];
    assert.notEqual(named.length, 0, page);
    for (const [, path] of named) {
      const response = await anyone(path!.replaceAll("&amp;", "&"));
      assert.equal(response.status, 200, path);
      assert.notEqual((await response.bytes()).length, 0, path);
    }
  });
  await test.step("signing in by the form, to a page with islands", async () => {
    const form = await anyone("/login", {
      method: "POST",
      headers: { origin: server.url },
      body: new URLSearchParams({ ...ADMIN }),
    });
    assert.equal(form.status, 303, await form.text());
    const cookie = form.headers.get("set-cookie")!.split(";")[0]!;
    const host = await (await anyone("/", { headers: { cookie } })).text();
    assert.match(host, /href="\/vms\/test"/);
    const script = /<script[^>]+src="([^"]+)"/.exec(host)?.[1];
    const response = await anyone(script!);
    assert.equal(response.status, 200, script);
    assert.match(response.headers.get("content-type") ?? "", /javascript/);
    await response.body?.cancel();
  });
  await test.step("the API's description, of which the bundler took nothing away", async () => {
    const { openAPI } = await import("@/services/openapi/document.ts");
    const served = await (await anyone("/api/v1/openapi.json")).json();
    assert.deepEqual(served, JSON.parse(JSON.stringify(openAPI())));
  });
  await test.step({
    name: "service install and uninstall, into another machine's root",
    ignore: Deno.uid() !== 0 || !await hasProgram("systemd-sysusers"),
    async fn() {
      const root = await Deno.makeTempDir();
      await virtglass(["service", "install", "--root", root]);
      await run("cmp", [Deno.env.get("VIRTGLASS_BIN")!, `${root}/usr/local/bin/virtglass`]);
      await virtglass(["service", "uninstall", "--root", root]);
      assert.equal(await run("find", [root, "-name", "*virtglass*"]), "");
      await Deno.remove(root, { recursive: true });
    },
  });
  await test.step("a VM's socket", async () => {
    const socket = await server.socket("/ws/vms/test");
    assert.equal((await socket.next("status")).data.status, "running");
    socket[Symbol.dispose]();
  });
  await test.step("an end within 5 s at SIGTERM", async () => {
    const { code, took } = await server.stop();
    assert.equal(code, 0);
    assert.ok(took < 5_000, `${took} ms`);
  });
}
