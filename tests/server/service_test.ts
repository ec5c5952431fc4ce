import assert from "node:assert/strict";
import { unit } from "@/cli/service/unit.ts";
import { project } from "@/tasks/build/project.ts";
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

Deno.test({
  name: "docs/OPERATIONS.md explains all that systemd marks in the unit, and gives its figure",
  ignore: !analyze,
  async fn() {
    using folder = temporaryFolder();
    const file = `${folder.path}/virtglass.service`;
    await Deno.writeTextFile(file, unit({ program: "/usr/bin/env" }));
    const security = (...args: string[]) =>
      run("systemd-analyze", ["security", "--offline=true", ...args, file]);
    const page = Deno.readTextFileSync(`${project}/docs/OPERATIONS.md`);
    const [, figure] = /level for \S+: (\S+) /.exec(await security("--no-pager"))!;
    assert.ok(page.includes(`counts ${figure} of 10`), figure);
    const checks: { set: boolean | null; name: string }[] = JSON.parse(
      await security("--json=short"),
    );
    const marked = checks.filter(({ set }) => set === false).map(({ name }) => name.split("=")[0]!);
    const told = [...page.matchAll(/\*\*(\w+)\*\*/g)].map(([, name]) => name);
    const unexplained = marked.filter((name) => !told.includes(name));
    assert.ok(marked.length > 5, marked.join());
    assert.deepEqual(unexplained, []);
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
