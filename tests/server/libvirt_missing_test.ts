import assert from "node:assert/strict";
import { CommandFailed, hasProgram, run } from "@/cli/run.ts";
import { symbols } from "@/libvirt/symbols/mod.ts";
import { type LogLine, PROGRAM, Server } from "@/tests/harness/server.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const root = Deno.uid() === 0;
if (!root) console.log("skipped: serve without libvirt: hiding it from the server needs root");

Deno.test({
  name: "serve without the libvirt library: exit 1, and one line that names the package",
  ignore: !root,
  async fn() {
    const libraries = [...(await run("ldconfig", ["-p"])).matchAll(/libvirt\.so\.0 .*=> (\S+)/g)]
      .map(([, path]) => path ?? "");
    assert.notEqual(libraries.length, 0);
    const hidden = libraries.map((path) => `mount --bind /dev/null '${path}'`).join(" && ");
    const dataDir = await Deno.makeTempDir();
    const serve = [
      ...PROGRAM,
      ...["serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"],
      ...["--data-dir", dataDir],
    ];
    try {
      await run("unshare", ["--mount", "sh", "-c", `${hidden} && exec "$@"`, "sh", ...serve]);
      assert.fail("the server started");
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      assert.equal(error.code, 1);
      assert.equal(error.stderr.trim().split("\n").length, 1, error.stderr);
      assert.match(error.stderr, /libvirt0/);
    }
    await Deno.remove(dataDir, { recursive: true });
  },
});

const gcc = await hasProgram("gcc");
if (!gcc) console.log("skipped: serve with an old libvirt: gcc, which makes one, is not installed");

/** A library with every function that is called, and this version. */
async function makeLibvirt(folder: string, version: number): Promise<void> {
  const functions = Object.keys(symbols)
    .filter((name) => name.startsWith("vir") && name !== "virGetVersion")
    .map((name) => `int ${name}(void) { return 0; }`);
  const source = `${folder}/libvirt.c`;
  await Deno.writeTextFile(
    source,
    `${functions.join("\n")}
    int virGetVersion(unsigned long *version, const char *type, unsigned long *typeVersion) {
      *version = ${version};
      return 0;
    }`,
  );
  // As libvirt does, it brings the C library along, whose functions are called through it.
  const linked = ["-Wl,--no-as-needed", "-lc"];
  await run("gcc", ["-shared", "-fPIC", "-w", "-o", `${folder}/libvirt.so.0`, source, ...linked]);
}

Deno.test({
  name: "serve with a libvirt library that is too old: exit 1, and one line that says which it is",
  ignore: !gcc,
  async fn() {
    using folder = temporaryFolder();
    await makeLibvirt(folder.path, 6_000_000);
    const serve = ["serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"];
    try {
      // One that starts all the same would run for ever.
      await run("timeout", ["20", ...PROGRAM, ...serve, "--data-dir", `${folder.path}/data`], {
        env: { LD_LIBRARY_PATH: folder.path },
      });
      assert.fail("the server started");
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      assert.equal(error.code, 1);
      assert.equal(
        error.stderr.trim(),
        "virtglass: libvirt.so.0 is too old: it is libvirt 6.0.0. virtglass needs libvirt 6.1.0 or newer",
      );
    }
  },
});

Deno.test({
  name: "serve without permission on libvirt's socket runs, and names the group everywhere",
  ignore: !root,
  async fn() {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/libvirt-sock`;
    using _nobody = Deno.listen({ transport: "unix", path });
    await Deno.chown(folder, 65534, 65534);
    {
      await using server = await Server.start({
        connect: `qemu+unix:///system?socket=${path}`,
        // Root who may not do what root may, as any user before a folder that is not theirs.
        privileges: ["--bounding-set=-all", "--inh-caps=-all"],
      });
      const { status, message } = await readiness(server);
      assert.equal(status, 503);
      assert.match(message, DENIED);
      const page = await (await server.fetch("/")).text();
      assert.match(page, /data-banner="libvirt"/);
      assert.match(page.replaceAll("&quot;", '"'), DENIED);
      await eventually(() => server.logs.some((line) => DENIED.test(String(line.message))), {
        for: "a line in the log that names the group",
      });
    }
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test("serve with libvirtd down runs and says so everywhere", async () => {
  const folder = await Deno.makeTempDir();
  {
    await using server = await Server.start({
      connect: `qemu+unix:///system?socket=${folder}/libvirt-sock`,
    });
    assert.equal((await server.fetch("/healthz")).status, 200);
    const { status, message } = await readiness(server);
    assert.equal(status, 503);
    assert.match(message, /Is libvirtd running\?/);

    using socket = await server.socket("/ws/events");
    socket.send("subscribe", { topics: ["host", "vms"] });
    const { data } = await socket.next("subscribed");
    assert.deepEqual([data.host?.libvirt.connected, data.vms], [false, []]);
    assert.match(data.host?.libvirt.message ?? "", /Is libvirtd running\?/);

    // What a client asks for now may well be there in a moment: nothing says that it is not.
    const vm = await server.fetch("/api/v1/vms/web1");
    assert.equal(vm.status, 503);
    assert.match((await vm.json()).detail, /^Cannot look for VM "web1" yet: .*libvirtd running\?/);
    assert.equal((await server.fetch("/vms/web1")).status, 503);
    socket.send("subscribe", { topics: ["vm:web1", "metrics:web1"] });
    assert.equal((await socket.next("error")).data.code, "LIBVIRT_UNAVAILABLE");
    assert.deepEqual((await socket.next("subscribed")).data.topics, ["host", "vms"]);

    const page = await (await server.fetch("/")).text();
    assert.match(page, /data-banner="libvirt"/);
    assert.match(page, /Is libvirtd running\?/);
    await eventually(() => server.logs.some(complains), { for: "a line in the log" });
  }
  await Deno.remove(folder, { recursive: true });
});

const DENIED = /No permission.*group "libvirt"/;

const complains = ({ message, level }: LogLine) =>
  /warn|error/i.test(String(level)) && /libvirt/.test(String(message));

async function readiness(server: Server): Promise<{ status: number; message: string }> {
  const response = await server.fetch("/readyz", { token: null });
  const { message } = await response.json();
  return { status: response.status, message };
}
