import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { CommandFailed, run } from "@/cli/run.ts";
import { PROGRAM } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { GlassError } from "@/services/errors.ts";
import { lockDataDir, Store } from "./mod.ts";
import { isBusy, storeError } from "./error.ts";

const root = Deno.uid() === 0;
if (!root) console.log("skipped: store_error: mounting a disk and dropping privileges need root");

Deno.test("storeError names the file, what is wrong, and what to do, in one line", () => {
  for (
    const [said, remedy] of [
      ["attempt to write a readonly database", /write access/],
      ["database disk image is malformed", /backup/],
      ["database or disk is full", /room/],
      ["database is locked", /Another program/],
      ["Read-only file system (os error 30): chmod '/data/x.db'", /Mount it/],
      ["disk I/O error", /Look at the disk/],
    ] as const
  ) {
    const { code, message } = storeError("/data/x.db", new Error(said));
    assert.equal(code, "CONFLICT");
    assert.match(message, /^Cannot use "\/data\/x\.db": [^'\n]+--data-dir\.$/);
    assert.match(message, remedy);
  }
});

Deno.test("isBusy is true of a lock that another holds, and of nothing else", () => {
  using folder = temporaryFolder();
  using one = new DatabaseSync(`${folder.path}/x`);
  using two = new DatabaseSync(`${folder.path}/x`);
  one.exec("BEGIN EXCLUSIVE");
  assert.throws(() => two.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE"), isBusy);
  assert.equal(isBusy(new Error("file is not a database")), false);
});

Deno.test("lockDataDir and Store say of a file that is no database that it is none", () => {
  using folder = temporaryFolder();
  for (
    const [name, open] of [
      ["serve.lock", () => lockDataDir(folder.path)],
      ["virtglass.db", () => new Store(folder.path)],
    ] as const
  ) {
    const file = `${folder.path}/${name}`;
    Deno.writeTextFileSync(file, "no database ".repeat(100));
    assert.throws(open, (error: unknown) => {
      assert.ok(error instanceof GlassError);
      assert.ok(error.message.startsWith(`Cannot use "${file}": file is not a database`));
      return true;
    });
  }
});

/** How `serve` fails on the data folder that `script` prepares as $1, before it runs the rest. */
async function serveOn(script: string, ...privileges: string[]): Promise<CommandFailed> {
  using folder = temporaryFolder();
  const serve = ["serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"];
  const command = `${script}; data=$1; shift; exec setpriv ${privileges.join(" ")} "$@" "$data"`;
  try {
    await run("unshare", [
      ...["--mount", "sh", "-ec", command, "sh", folder.path],
      ...[...PROGRAM, ...serve, "--data-dir"],
    ]);
  } catch (error) {
    if (error instanceof CommandFailed) return error;
    throw error;
  }
  return assert.fail("the server started");
}

for (
  const [what, script, privileges, message] of [
    [
      "that is read-only",
      "mount -t tmpfs -o ro none $1",
      [],
      /serve\.lock": Read-only file system.*Mount it/,
    ],
    ["on a full disk", "mount -t tmpfs -o size=4k none $1", [], /virtglass\.db".*full.*Make room/],
    [
      "without permission",
      "chmod 500 $1; chown 65534:65534 $1",
      // Root who may not do what root may, as any user before a folder that is not theirs.
      ["--bounding-set=-all", "--inh-caps=-all"],
      /serve\.lock": Permission denied.*write access/,
    ],
  ] as const
) {
  Deno.test({
    name: `serve on a data folder ${what}: exit 1, and one line that says so`,
    ignore: !root,
    async fn() {
      const { code, stderr } = await serveOn(script, ...privileges);
      assert.equal(code, 1, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /Another virtglass/);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
    },
  });
}
