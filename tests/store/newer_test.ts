/**
 * A data folder of a newer version is refused, and nothing in it is lost. Where its server has ended, it
 * stays as it is: byte for byte, name for name. Where that has crashed, SQLite may move what is in the log
 * into the store.
 */
import assert from "node:assert/strict";
import { CommandFailed } from "@/cli/run.ts";
import { DatabaseSync } from "node:sqlite";
import { backUp } from "@/services/store/backup.ts";
import { MIGRATIONS } from "@/services/store/migrations.ts";
import { virtglass } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { everythingIn, leaveStore, type Left } from "./folder.ts";

const NEWER = MIGRATIONS.length + 1;
const SAYS = new RegExp(
  `virtglass\\.db was written by a newer virtglass \\(schema ${NEWER}; this one knows ${
    NEWER - 1
  }\\)`,
);
const CHANGE = `CREATE TABLE of_the_future (x INTEGER) STRICT;
  INSERT INTO of_the_future VALUES (7); PRAGMA user_version = ${NEWER}`;
/** As of a server that is killed when all of its log is in the store, and still in the log too. */
const MOVED = `${CHANGE}; PRAGMA wal_checkpoint(PASSIVE)`;

const serve = ["serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"];
const COMMANDS: readonly (readonly string[])[] = [
  serve,
  [...serve, "--tls", "on"],
  ["user", "list"],
  ["audit", "verify"],
  ["backup", "new.backup"],
  ["restore", "old.backup"],
  ["doctor", "--connect", "test:///default", "--listen", "127.0.0.1:0"],
];

/** What a command that must fail says. */
async function refusal(args: string[]): Promise<string> {
  try {
    return assert.fail(`virtglass ${args.join(" ")} succeeded: ${await virtglass(args)}`);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    assert.equal(error.code, 1, error.stderr);
    return `${error.stdout}${error.stderr}`;
  }
}

for (
  const [what, left, change] of [
    ["after its server has ended", "nothing", CHANGE],
    ["after its server has crashed", "a log and its index", CHANGE],
    ["after its server has crashed, its log moved to the store", "a log and its index", MOVED],
    ["copied with its log", "a log", CHANGE],
  ] as [string, Left, string][]
) {
  Deno.test(`a folder of a newer version, ${what}, is refused and keeps what is in it`, async (t) => {
    using place = temporaryFolder();
    const [dataDir, older] = [`${place.path}/data`, `${place.path}/older`];
    for (const folder of [dataDir, older]) Deno.mkdirSync(folder, { mode: 0o700 });
    leaveStore(older, "nothing", "");
    backUp(older, `${place.path}/old.backup`);
    leaveStore(dataDir, left, change);
    const before = everythingIn(place.path);
    for (const args of COMMANDS) {
      await t.step(`virtglass ${args.join(" ")}`, async () => {
        const given = args.map((arg) => arg.replace(/^\w+\.backup$/, `${place.path}/$&`));
        assert.match(await refusal([...given, "--data-dir", dataDir]), SAYS);
        if (left === "nothing") assert.deepEqual(everythingIn(place.path), before);
      });
    }
    using store = new DatabaseSync(`${dataDir}/virtglass.db`, { readOnly: true });
    assert.deepEqual({ ...store.prepare("PRAGMA user_version").get() }, { user_version: NEWER });
    assert.deepEqual({ ...store.prepare("SELECT x FROM of_the_future").get() }, { x: 7 });
  });
}
