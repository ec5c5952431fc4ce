import assert from "node:assert/strict";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { Catalog } from "./catalog.ts";

const BEGIN = Date.parse("2026-06-30T12:00:00Z");

Deno.test("Catalog.list has the newest thousand, of the VMs that are asked for, and all has all", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const catalog = new Catalog(store);
  // "rare" has the first one, and "often" those of the 1,500 seconds after it.
  store.transaction(() => {
    for (let n = 0; n <= 1_500; n++) {
      const vm = n === 0 ? "rare" : "often";
      catalog.add({
        id: String(n),
        vm,
        uuid: `uuid of ${vm}`,
        startedBy: "alice",
        startedAt: new Date(BEGIN + n * 1000).toISOString(),
        endedAt: null,
        ended: null,
        bytes: 0,
        input: false,
      });
    }
  });
  const newest = Array.from({ length: 1_000 }, (_, n) => String(1_500 - n));
  const listed = (...[vm, vms]: Parameters<Catalog["list"]>) =>
    catalog.list(vm, vms).map(({ id }) => id);
  assert.deepEqual(listed({}, null), newest);
  assert.deepEqual(listed({ name: "often" }, null), newest);
  assert.deepEqual(listed({ uuid: "uuid of rare" }, null), ["0"]);
  // What somebody may not see takes no place in the list.
  assert.deepEqual(listed({}, ["uuid of rare"]), ["0"]);
  assert.deepEqual(listed({ name: "often" }, ["uuid of rare"]), []);
  assert.deepEqual(listed({}, []), []);
  assert.equal(catalog.all().length, 1_501);
});
