import assert from "node:assert/strict";
import { now } from "@/services/clock.ts";
import { Store } from "@/services/store/mod.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { HostHistory } from "./host_history.ts";
import { Keeper } from "./keeper.ts";
import { VMHistory } from "./vm_history.ts";

const ALL = { since: 604_800, until: 0, step: 1 };

/** A host's history with a sample for every five seconds of the last `seconds`. */
function busy(seconds: number): HostHistory {
  const made = new HostHistory();
  const { steady } = now();
  for (let ago = seconds; ago > 0; ago -= 5) {
    made.history.row.set([ago % 100, ago]);
    made.history.push(steady - ago * 1000);
  }
  return made;
}

/** Equal, but for a tenth at most: both sides round, and not the same number of times. */
function nearly(actual: (number | null)[], expected: (number | null)[], what: string): void {
  assert.equal(actual.length, expected.length, what);
  for (const [n, value] of expected.entries()) {
    const same = actual[n] === value ||
      Math.abs((actual[n] ?? NaN) - (value ?? NaN)) < 0.11;
    assert.ok(same, `${what}, ${n}: ${actual[n]}, not ${value}`);
  }
}

const keptRows = (store: Store) => store.all<{ step: number }>("SELECT step FROM metrics_history");

Deno.test("Keeper gives back in every resolution what it kept, and a gap from there on", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const before = busy(4 * 3600);
  {
    using keeper = new Keeper(store);
    keeper.keep("host", before);
    before.history.row.set([1, 2]);
    before.history.push(now().steady);
  }
  assert.deepEqual(keptRows(store).map(({ step }) => step), [1, 15, 120]);
  using keeper = new Keeper(store);
  const after = new HostHistory();
  keeper.keep("host", after);
  const moment = { unix: Date.now() + 1000, steady: performance.now() + 1000 };
  for (const step of [1, 15, 120]) {
    const span = { since: step === 1 ? 2900 : 4 * 3600, until: 0, step };
    const [known, found] = [before.told(span, moment), after.told(span, moment)];
    assert.ok(known.time.length >= 120);
    assert.equal(found.cpu.at(-1), null);
    nearly(found.cpu.slice(0, -1), known.cpu, `CPU every ${step} s`);
    assert.deepEqual(found.memory.slice(0, -1), known.memory);
    known.time.forEach((time, n) => assert.ok(Math.abs(time - found.time[n]!) < 0.25));
  }
});

Deno.test("Keeper goes on where it was: what was not folded yet is folded later", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const before = busy(3600);
  const after = new HostHistory();
  {
    using keeper = new Keeper(store);
    keeper.keep("host", before);
    before.history.push(now().steady);
  }
  using keeper = new Keeper(store);
  keeper.keep("host", after);
  const { steady } = now();
  for (let second = 1; second < 600; second += 5) {
    after.history.row.set([50, 50]);
    after.history.push(steady + second * 1000);
  }
  const later = { unix: Date.now(), steady: steady + 600_000 };
  const { time } = after.told({ since: 4300, until: 0, step: 15 }, later);
  assert.deepEqual(time, time.toSorted((a, b) => a - b));
  assert.equal(new Set(time).size, time.length);
  assert.ok(time.length > 4100 / 15 && time.length < 4300 / 15 + 3, String(time.length));
});

Deno.test("Keeper writes nothing of a subject of which nothing is new", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  {
    using keeper = new Keeper(store);
    keeper.keep("host", busy(60));
  }
  assert.deepEqual(keptRows(store), []);
});

Deno.test("Keeper reads many histories a few at a time, and one that is asked for at once", async () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const names = Array.from({ length: 40 }, (_, n) => `vm${n}`);
  {
    using keeper = new Keeper(store);
    for (const name of names) {
      const subject = busy(3600);
      keeper.keep(name, subject);
      subject.history.push(now().steady);
    }
  }
  // With no time for many in a row, the machine may be as fast as it likes.
  using keeper = new Keeper(store, { atOnce: 0 });
  const subjects = names.map((name) => [name, new HostHistory()] as const);
  for (const [name, subject] of subjects) keeper.keepSoon(name, subject);
  assert.ok(keeper.has(names[0]!), "the first of them at once");
  assert.ok(!keeper.has(names.at(-1)!), "the last of them later");
  keeper.keep(...subjects.at(-1)!);
  assert.ok(subjects.at(-1)![1].told(ALL, now()).time.length > 100);
  await eventually(() => names.every((name) => keeper.has(name)), { for: "all to be read" });
  for (const [, subject] of subjects) assert.ok(subject.told(ALL, now()).time.length > 100);
});

Deno.test("Keeper forgets for good", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const subject = new HostHistory();
  using keeper = new Keeper(store);
  {
    using first = new Keeper(store);
    first.keep("vm", subject);
    subject.history.push(now().steady);
  }
  assert.equal(keptRows(store).length, 3);
  keeper.forget("vm");
  assert.deepEqual(keptRows(store), []);
});

Deno.test("Keeper drops what nobody has added to for as long as a history reaches", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const day = 24 * 3600 * 1000;
  for (const [subject, age] of [["old", 8], ["young", 6]] as const) {
    store.run(
      "INSERT INTO metrics_history (subject, step, saved_at, data) VALUES (?, 1, ?, x'00')",
      subject,
      Date.now() - age * day,
    );
  }
  using _keeper = new Keeper(store);
  assert.deepEqual(
    store.all("SELECT subject FROM metrics_history").map((row) => ({ ...row as object })),
    [
      { subject: "young" },
    ],
  );
});

for (
  const [what, data] of [
    ["what is cut off", "40000000"],
    ["what is no JSON", "0200000061620000"],
    ["nothing", ""],
  ]
) {
  Deno.test(`Keeper begins anew with ${what}`, () => {
    using folder = temporaryFolder();
    using store = new Store(folder.path);
    store.run(
      `INSERT INTO metrics_history (subject, step, saved_at, data) VALUES ('vm', 1, ?, x'${data}')`,
      Date.now(),
    );
    using keeper = new Keeper(store);
    const subject = new HostHistory();
    keeper.keep("vm", subject);
    assert.deepEqual(subject.told(ALL, now()).time, []);
  });
}

Deno.test("Keeper begins anew with the history of something else", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const host = busy(60);
  {
    using keeper = new Keeper(store);
    keeper.keep("x", host);
    host.history.push(now().steady);
  }
  using keeper = new Keeper(store);
  const vm = new VMHistory();
  keeper.keep("x", vm);
  assert.deepEqual(vm.told(ALL, now()).time, []);
});
