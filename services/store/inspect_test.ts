import assert from "node:assert/strict";
import { everythingIn, leaveStore } from "@/tests/store/folder.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { MIGRATIONS } from "./migrations.ts";
import { inspectStore, Store } from "./mod.ts";

const ADMIN = `INSERT INTO users (name, role, password, created_at)
  VALUES ('alice', 'admin', 'hash', 1)`;
const FOUND = { schema: MIGRATIONS.length, damage: null, users: 1, admins: 1 };

Deno.test("inspectStore leaves nothing beside a store that nobody uses", () => {
  using place = temporaryFolder();
  // What a path may have, and a URI may not.
  const folder = `${place.path}/50% of #1? ü`;
  Deno.mkdirSync(folder);
  leaveStore(folder, "nothing", ADMIN);
  const before = everythingIn(folder);
  assert.deepEqual(inspectStore(folder), FOUND);
  assert.deepEqual(everythingIn(folder), before);
});

Deno.test("inspectStore sees what a crash left in the log, and leaves it there", () => {
  using folder = temporaryFolder();
  leaveStore(folder.path, "a log and its index", ADMIN);
  const stored = () =>
    Object.entries(everythingIn(folder.path)).filter(([path]) => !path.endsWith("-shm"));
  const before = stored();
  assert.deepEqual(inspectStore(folder.path), FOUND);
  assert.deepEqual(stored(), before);
});

Deno.test("inspectStore sees what a server has just written", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  store.run(ADMIN);
  assert.deepEqual(inspectStore(folder.path), FOUND);
});
