import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "@/services/store/migrations.ts";
import { CommandFailed } from "@/cli/run.ts";
import { ADMIN, Server, virtglass } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const connect = "test:///default";

/** What a command line that must fail says, in one line; it is no usage error. */
async function refusal(...args: string[]): Promise<string> {
  try {
    return assert.fail(`virtglass ${args.join(" ")} succeeded: ${await virtglass(args)}`);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    assert.equal(error.code, 1, error.stderr);
    assert.equal(error.stderr.trim().split("\n").length, 1, error.stderr);
    return error.stderr.trim();
  }
}

/** A data folder with a user, and a backup of it. */
async function backedUp(folder: string): Promise<{ dataDir: string; file: string }> {
  const [dataDir, file] = [`${folder}/data`, `${folder}/backup`];
  const add = ["user", "add", "alice", "--password-stdin", "--data-dir", dataDir];
  await virtglass(add, ADMIN.password);
  await Deno.writeFile(`${dataDir}/token.key`, new Uint8Array(32).fill(7), { mode: 0o600 });
  await virtglass(["backup", file, "--data-dir", dataDir]);
  return { dataDir, file };
}

Deno.test("backup of a server that runs, restored: same users, history and keys, but no session", async () => {
  using folder = temporaryFolder();
  const [file, dataDir] = [`${folder.path}/backup`, `${folder.path}/restored`];
  let token: string;
  {
    await using server = await Server.start({ connect });
    ({ token } = server);
    const given = await server.fetch("/api/v1/vms/test/commands", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action: "suspend", requestId: "before the backup" }),
    });
    assert.equal(given.status, 202, await given.text());
    const said = await virtglass(["backup", file, "--data-dir", server.dataDir]);
    assert.match(said, /other file/);
    assert.equal(Deno.statSync(file).mode! & 0o777, 0o600);
    assert.match(await refusal("restore", file, "--data-dir", server.dataDir), /Another virtglass/);
    await virtglass(["restore", file, "--data-dir", dataDir]);
    const key = (folder: string) => Deno.readFileSync(`${folder}/token.key`);
    assert.deepEqual(key(dataDir), key(server.dataDir));
  }
  await using server = await Server.start({ connect, dataDir });
  const commands = await server.json("/api/v1/commands") as { requestId: string }[];
  assert.deepEqual(commands.map(({ requestId }) => requestId), ["before the backup"]);
  const ended = await server.fetch("/api/v1/auth/me", { token });
  assert.equal(ended.status, 401, await ended.text());
});

Deno.test("backup and restore write over nothing", async () => {
  using folder = temporaryFolder();
  const { dataDir, file } = await backedUp(folder.path);
  assert.match(await refusal("backup", file, "--data-dir", dataDir), /already: name a new one/);
  const before = Deno.readFileSync(`${dataDir}/virtglass.db`);
  assert.match(await refusal("restore", file, "--data-dir", dataDir), /has a "virtglass\.db"/);
  assert.deepEqual(Deno.readFileSync(`${dataDir}/virtglass.db`), before);

  const other = `${folder.path}/other`;
  await Deno.mkdir(other);
  await Deno.writeTextFile(`${other}/token.key`, "another's");
  assert.match(await refusal("restore", file, "--data-dir", other), /has a "token\.key"/);
  assert.equal(await Deno.readTextFile(`${other}/token.key`), "another's");
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name).toSorted(), [
    ...["backup", "data", "other"],
  ]);
});

Deno.test("restore refuses what is no backup, a damaged one, and one of a newer version", async () => {
  using folder = temporaryFolder();
  const { dataDir, file } = await backedUp(folder.path);
  const into = ["--data-dir", `${folder.path}/new`];
  assert.match(
    await refusal("restore", `${folder.path}/none`, ...into),
    /There is no file ".*none"/,
  );
  assert.match(await refusal("restore", `${dataDir}/virtglass.db`, ...into), /is no backup/);

  const newer = `${folder.path}/newer`;
  await Deno.copyFile(file, newer);
  {
    using db = new DatabaseSync(newer);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  }
  assert.match(await refusal("restore", newer, ...into), /newer virtglass/);

  const damaged = `${folder.path}/damaged`;
  const bytes = Deno.readFileSync(file);
  bytes.fill(0xa5, bytes.length / 2);
  Deno.writeFileSync(damaged, bytes);
  assert.match(await refusal("restore", damaged, ...into), /damaged|malformed/);

  const escaping = `${folder.path}/escaping`;
  await Deno.copyFile(file, escaping);
  {
    using db = new DatabaseSync(escaping);
    db.exec("INSERT INTO backup_files VALUES ('../../outside', 384, x'00')");
  }
  assert.match(await refusal("restore", escaping, ...into), /would write to "\.\.\/\.\.\/outside"/);
  assert.equal(await Deno.stat(`${folder.path}/new`).then(() => true, () => false), false);
});

Deno.test("backup of a folder without a store is refused, and leaves no file", async () => {
  using folder = temporaryFolder();
  const file = `${folder.path}/backup`;
  const empty = `${folder.path}/empty`;
  Deno.mkdirSync(empty);
  for (const dataDir of [`${folder.path}/none`, empty, "/dev/null"]) {
    const said = await refusal("backup", file, "--data-dir", dataDir);
    assert.ok(said.includes(`nothing to back up in "${dataDir}" yet. Name`), said);
    assert.match(said, /with --data-dir\.$/);
  }
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["empty"]);
  assert.deepEqual([...Deno.readDirSync(empty)], []);
});

Deno.test({
  name: "what root makes in a folder of another user is that user's",
  ignore: Deno.uid() !== 0,
  async fn() {
    using folder = temporaryFolder();
    const { file } = await backedUp(folder.path);
    const [added, restored] = [`${folder.path}/added`, `${folder.path}/restored`];
    for (const dataDir of [added, restored]) {
      await Deno.mkdir(dataDir, { mode: 0o700 });
      await Deno.chown(dataDir, 65534, 65534);
    }
    const add = ["user", "add", "bob", "--password-stdin", "--data-dir", added];
    await virtglass(add, ADMIN.password);
    await virtglass(["restore", file, "--data-dir", restored]);
    for (const dataDir of [added, restored]) {
      for (const { name } of Deno.readDirSync(dataDir)) {
        assert.equal(Deno.statSync(`${dataDir}/${name}`).uid, 65534, name);
      }
    }
  },
});
