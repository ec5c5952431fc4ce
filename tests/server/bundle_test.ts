/** What the bundler takes out of the server's modules must be what nobody misses. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { bundle, delivered, deliveredModules } from "@/tasks/build/delivered.ts";
import { kill } from "@/tasks/build/run_to_end.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { built } from "@/tests/harness/built.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** What else a server says in its first moments, with all its values. */
const SAID = new RegExp(` info +(${
  [
    "Connected to libvirt at test:///default",
    "The head of the audit log is \\d+:[0-9a-f]{64}",
    "There is no admin yet: make one at http:\\S+/setup with the set-up code in /\\S+/setup.code",
    "Stopping",
  ].join("|")
})$`);

Deno.test("the bundle's log has words, and values among them", async () => {
  await built();
  using folder = temporaryFolder();
  const serve = ["serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"];
  const server = new Deno.Command(Deno.execPath(), {
    args: delivered(...serve, "--data-dir", folder.path),
    stderr: "piped",
  }).spawn();
  const lines = server.stderr.pipeThrough(new TextDecoderStream()).pipeThrough(
    new TextLineStream(),
  );
  const read = async () => {
    for await (const line of lines) {
      if (/ info +virtglass \S+ listens on http:\S+$/.test(line)) kill(server, "SIGTERM");
      else assert.match(line, SAID);
    }
  };
  await within(20_000, "the log of a server that starts and stops", read());
  assert.equal((await server.status).code, 0);
});

Deno.test("the bundle loads no module of Node's at its start but SQLite", async () => {
  await built();
  const started = deliveredModules().filter((file) => /^(serve|services)-/.test(file));
  const codes = started.map((file) => Deno.readTextFileSync(join(dirname(bundle), file)));
  assert.ok(codes.join("").length > 100_000, started.join());
  const modules = codes.flatMap((code) =>
    [...code.matchAll(/\bfrom\s*["'](node:\w+)["']/g)].map(([, name]) => name)
  );
  // Each of the others takes milliseconds: what seldom needs one imports it then.
  assert.deepEqual([...new Set(modules)], ["node:sqlite"]);
});

Deno.test("the bundle's late modules are read when they are asked for, and not before", async () => {
  await built();
  const codes = deliveredModules().map((file) =>
    Deno.readTextFileSync(join(dirname(bundle), file))
  );
  const told = /\bimport\(\s*["'`]\.{0,2}\//;
  assert.deepEqual(codes.flatMap((code) => told.exec(code) ?? []), []);
  assert.ok(codes.some((code) => code.includes("import(String(")), "some are imported late");
});

Deno.test("the bundle's gate is read without what is behind it", async () => {
  await built();
  const read = new Map<string, string>();
  const files = new Set(["server.js"]);
  for (const file of files) {
    const code = Deno.readTextFileSync(join(dirname(bundle), file));
    read.set(file, code);
    for (const [, next] of code.matchAll(/\bfrom\s*["']\.\/([^"']+)["']/g)) files.add(next!);
  }
  const codes = [...read.values()].join("");
  assert.match(codes, /PRAGMA journal_mode/, "the gate has its store");
  for (const behind of ["virDomainGetState", "Passwort"]) {
    assert.ok(!codes.includes(behind), `"${behind}" is read before somebody has asked for it`);
  }
});
