import assert from "node:assert/strict";
import { Installation } from "@/cli/service/installation.ts";
import { unit } from "@/cli/service/unit.ts";
import { kill } from "@/tasks/build/run_to_end.ts";
import { hasProgram, run } from "@/cli/run.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { PROGRAM } from "@/tests/harness/server.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { journalLines } from "@/services/systemd/journal.ts";

const analyze = await hasProgram("systemd-analyze");
if (!analyze) console.log("skipped: service: systemd-analyze is not installed");

Deno.test({
  name: "the unit is one that systemd takes, and exposes at most 2.0 of 10",
  ignore: !analyze,
  async fn() {
    using folder = temporaryFolder();
    const file = `${folder.path}/virtglass.service`;
    await Deno.writeTextFile(file, unit({ program: "/usr/bin/env" }));
    await run("systemd-analyze", ["verify", "--man=no", file]);
    // It counts in tenths, and ends with 1 above the threshold.
    await run("systemd-analyze", ["security", "--offline=true", "--threshold=20", file]);
  },
});

const sysusers = Deno.uid() === 0 && await hasProgram("systemd-sysusers");
if (!sysusers) console.log("skipped: service: making users needs root and systemd-sysusers");

/** Every file below a folder, with what is in it; shadow's copies of its own old files left out. */
async function tree(folder: string): Promise<Record<string, string>> {
  const list = await run("find", [
    folder,
    "(",
    "-type",
    "f",
    "-o",
    "-type",
    "l",
    ")",
    "-printf",
    "%P\n",
  ]);
  const paths = list.split("\n").filter((path) => path !== "" && !/^etc\/\w+-$|\.lock$/.test(path));
  const entries = paths.toSorted().map((path) => {
    const { isSymlink } = Deno.lstatSync(`${folder}/${path}`);
    const file = `${folder}/${path}`;
    return [path, isSymlink ? Deno.readLinkSync(file) : Deno.readTextFileSync(file)];
  });
  return Object.fromEntries(entries);
}

/** The root of a machine that has users, and the group of libvirt. */
function machine(root: string): void {
  Deno.mkdirSync(`${root}/etc`, { recursive: true });
  Deno.writeTextFileSync(`${root}/etc/passwd`, "root:x:0:0:root:/root:/bin/bash\n");
  Deno.writeTextFileSync(`${root}/etc/group`, "root:x:0:\nlibvirt:x:107:alice\n");
  Deno.writeTextFileSync(`${root}/etc/shadow`, "root:*:19000:0:99999:7:::\n");
  Deno.writeTextFileSync(`${root}/etc/gshadow`, "root:*::\nlibvirt:!::alice\n");
}

Deno.test({
  name: "service install, upgrade and uninstall leave nothing behind but the data folder",
  ignore: !sysusers,
  async fn() {
    using folder = temporaryFolder();
    const root = `${folder.path}/root`;
    machine(root);
    const before = await tree(root);
    const program = `${folder.path}/program`;
    const installation = new Installation(root);
    const said: string[] = [];
    const say = (line: string) => void said.push(line);

    await Deno.writeTextFile(program, "one");
    await installation.install(program, say);
    const installed = await tree(root);
    assert.equal(installed["usr/local/bin/virtglass"], "one");
    assert.equal(Deno.statSync(`${root}/usr/local/bin/virtglass`).mode! & 0o777, 0o755);
    assert.match(installed["etc/systemd/system/virtglass.service"]!, /bin\/virtglass serve/);
    assert.ok("etc/systemd/system/multi-user.target.wants/virtglass.service" in installed);
    assert.match(
      installed["etc/polkit-1/rules.d/50-virtglass.rules"]!,
      /org\.libvirt\.unix\.manage/,
    );
    assert.match(installed["etc/passwd"]!, /^virtglass:.*:\/var\/lib\/virtglass:.*nologin$/m);
    assert.match(installed["etc/group"]!, /^libvirt:x:107:alice,virtglass$/m);
    assert.match(said.join("\n"), /may do what root may/);

    await Deno.writeTextFile(program, "two");
    await installation.install(program, say);
    const upgraded = await tree(root);
    assert.deepEqual({ ...upgraded, "usr/local/bin/virtglass": "one" }, installed);
    assert.equal(upgraded["usr/local/bin/virtglass"], "two");

    const uid = Number(/^virtglass:x:(\d+)/m.exec(upgraded["etc/passwd"]!)![1]);
    await Deno.mkdir(`${root}/var/lib/virtglass`, { recursive: true });
    await Deno.writeTextFile(`${root}/var/lib/virtglass/virtglass.db`, "users");
    await Deno.chown(`${root}/var/lib/virtglass/virtglass.db`, uid, uid);
    await installation.remove(say);
    assert.deepEqual(await tree(root), { ...before, "var/lib/virtglass/virtglass.db": "users" });
    assert.equal(Deno.statSync(`${root}/var/lib/virtglass/virtglass.db`).uid, 0);
    await assert.rejects(installation.remove(say), { code: "NOT_FOUND" });
  },
});

/** The lines of a stream, one at a time. */
function lines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStreamDefaultReader<string> {
  return stream.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream()).getReader();
}

Deno.test("serve tells systemd that it is ready, that it turns, and that it stops; its log is the journal's", async () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/notify`;
  const systemd = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--unstable-net", "--no-config", DATAGRAMS, path],
    stdout: "piped",
  }).spawn();
  const told = lines(systemd.stdout);
  const next = async () => (await within(20_000, "a word to systemd", told.read())).value;
  assert.equal(await next(), "listening");
  const server = new Deno.Command("setpriv", {
    args: [
      ...["--pdeathsig", "KILL", "sh", "-c"],
      'JOURNAL_STREAM=$(stat --dereference --format=%d:%i /proc/self/fd/2) exec "$@"',
      ...["sh", ...PROGRAM, "serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"],
      ...["--data-dir", `${folder.path}/data`],
    ],
    env: { NOTIFY_SOCKET: path, WATCHDOG_USEC: "400000" },
    stderr: "piped",
  }).spawn();
  const log = new Response(server.stderr).text();
  assert.equal(await next(), "READY=1");
  assert.equal(await next(), "WATCHDOG=1");
  assert.equal(await next(), "WATCHDOG=1");
  kill(server, "SIGTERM");
  let last = await next();
  while (last === "WATCHDOG=1") last = await next();
  assert.equal(last, "STOPPING=1");
  assert.equal((await server.status).code, 0);
  await told.cancel();
  kill(systemd, "SIGTERM");
  await systemd.status;
  const written = (await log).trim().split("\n");
  assert.ok(
    written.some((line) => /^<6>virtglass \S+ listens on http/.test(line)),
    written.join("\n"),
  );
  for (const line of written) assert.match(line, /^<[346]>/);
});

const DATAGRAMS = new URL("../harness/datagrams.ts", import.meta.url).pathname;

Deno.test("journalLines gives each line of a record its priority", () => {
  assert.equal(journalLines("error", "Failed: x\n  at y\n"), "<3>Failed: x\n<3>  at y\n");
  assert.equal(journalLines("warning", "{}\n"), "<4>{}\n");
});
