import assert from "node:assert/strict";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import type { Entry } from "./event_log.ts";
import { KeptEvents, type KeptFilter } from "./kept_events.ts";

const [WEB, DB] = ["6695eb01-f6a4-8304-79aa-97f2502e193f", "0c2a8ff3-2b2f-4f8e-9a1e-4a4f6f7f8a91"];
const NOW = Date.now();

function entry(seq: number, more: Partial<Entry["event"]> = {}, uuid = WEB): Entry {
  const event = { seq, kind: "reboot", vm: uuid === WEB ? "web1" : "db", detail: {}, ...more };
  return { event, time: NOW + seq, uuid };
}

const console = (seq: number, user: string, uuid = WEB) =>
  entry(seq, { kind: "console", detail: { action: "attach", user } }, uuid);

/** The numbers of what is found. */
function found(
  kept: KeptEvents,
  filter: Partial<KeptFilter> = {},
  { below = Infinity, vms = null as string[] | null } = {},
): number[] {
  const all = { kinds: ["reboot", "console"], ...filter };
  return kept.before(Math.min(below, Number.MAX_SAFE_INTEGER), all, vms)
    .map(({ event }) => event.seq).toArray();
}

Deno.test("KeptEvents has what it was told, whole and the newest first", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  using kept = new KeptEvents(store);
  const told = Array.from({ length: 250 }, (_, index) => console(index + 1, "mara"));
  for (const each of told) kept.add(each);
  const filter = { kinds: ["console"] };
  const read = kept.before(Number.MAX_SAFE_INTEGER, filter, null).toArray();
  assert.deepEqual(read, told.toReversed());
});

Deno.test("KeptEvents finds by kind, VM, user and time, and only what may be seen", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  using kept = new KeptEvents(store);
  const host = { ...entry(5, { vm: null }), uuid: null };
  for (const each of [entry(1), console(2, "mara"), console(3, "jo", DB), entry(4, {}, DB), host]) {
    kept.add(each);
  }
  assert.deepEqual(found(kept), [5, 4, 3, 2, 1]);
  assert.deepEqual(found(kept, { kinds: ["console"] }), [3, 2]);
  assert.deepEqual(found(kept, { vm: "web1" }), [2, 1]);
  assert.deepEqual(found(kept, { vm: DB }), [4, 3]);
  assert.deepEqual(found(kept, { user: "mara" }), [2]);
  assert.deepEqual(found(kept, { before: NOW + 3 }), [2, 1]);
  assert.deepEqual(found(kept, {}, { vms: [WEB] }), [5, 2, 1]);
  assert.deepEqual(found(kept, {}, { vms: [] }), [5]);
});

Deno.test("KeptEvents keeps over a restart what that start numbered higher, too", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  {
    using before = new KeptEvents(store);
    before.add(entry(1000));
  }
  using kept = new KeptEvents(store);
  kept.add(entry(20));
  kept.add(entry(21));
  assert.deepEqual(found(kept, {}, { below: 21 }), [1000, 20]);
});

Deno.test("KeptEvents drops the oldest of too many, and what is older than three months", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  using kept = new KeptEvents(store, 3);
  for (const seq of [1, 2, 3, 4, 5]) kept.add(entry(seq));
  assert.deepEqual(found(kept), [5, 4, 3]);
  kept.add({ ...entry(6), time: NOW - 91 * 86_400_000 });
  assert.deepEqual(found(kept), [5, 4, 3]);
});

Deno.test("KeptEvents bears a store that takes nothing, and keeps the newest of what waited", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  using kept = new KeptEvents(store);
  kept.add(entry(1));
  assert.deepEqual(found(kept), [1]);
  store.run("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END");
  for (let seq = 2; seq <= 5000; seq++) kept.add(entry(seq));
  assert.deepEqual(found(kept), [1]);
  store.run("DROP TRIGGER full");
  const all = found(kept);
  assert.deepEqual([all.length, all[0], all.at(-2), all.at(-1)], [4097, 5000, 905, 1]);
});
