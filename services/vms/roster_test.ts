import assert from "node:assert/strict";
import { steadyUnix } from "@/services/clock.ts";
import { Hub } from "@/services/hub.ts";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import type { Reading } from "./reader.ts";
import { Roster, type VMChange } from "./roster.ts";
import type { VMState } from "./state.ts";

const UUID = "6695eb01-f6a4-8304-79aa-97f2502e1940";
const HOUR = 3_600_000;

const RUNNING: VMState = { status: "running", reason: "booted" };
const STOPPED: VMState = { status: "stopped", reason: "shutdown" };

const reading = (state: VMState): Reading => ({
  uuid: UUID,
  name: "web1",
  state,
  persistent: true,
  autostart: false,
  definition: {
    title: null,
    description: null,
    vcpus: 1,
    memory: 2 ** 30,
    machine: null,
    console: true,
    interfaces: [],
    disks: [],
  },
});

Deno.test("Roster counts anew since when a guest has been running where its QEMU is a younger one", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const [first, second] = [steadyUnix() - 2 * HOUR, steadyUnix() - HOUR];
  let since;
  {
    using roster = new Roster(new Hub(), store);
    roster.apply(reading(RUNNING), first);
    const record = roster.record(UUID)!;
    const began = record.since;
    const changes: VMChange["kind"][] = [];
    using _changes = roster.onChange(({ kind }) => void changes.push(kind));
    // The same start, read once more.
    roster.apply(reading(RUNNING), first + 10);
    assert.equal(record.since, began);
    changes.length = 0;
    roster.apply(reading(RUNNING), second);
    assert.equal(record.startedAt, second);
    assert.ok(Math.abs(record.since - began - HOUR) < 1_000, `${record.since - began} ms later`);
    assert.deepEqual(changes, ["facts"]);
    since = record.since;
  }
  using again = new Roster(new Hub(), store);
  again.apply(reading(RUNNING));
  assert.equal(again.record(UUID)!.since, since);
});

Deno.test("Roster takes no start from a QEMU whose VM has stopped", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  using roster = new Roster(new Hub(), store);
  const before = steadyUnix() - 2 * HOUR;
  // As the list has it at first, and of a VM that is known.
  for (let times = 0; times < 2; times++) {
    roster.apply(reading(STOPPED), before);
    assert.equal(roster.record(UUID)!.startedAt, null);
  }
  const record = roster.record(UUID)!;
  roster.setState(record, RUNNING);
  assert.ok(steadyUnix() - record.startedAt! < 1_000, "not the start of the one before");
});

Deno.test("Roster counts anew when a guest boots anew in the same QEMU, also over a restart", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const began = steadyUnix() - 2 * HOUR;
  let startedAt;
  {
    using roster = new Roster(new Hub(), store);
    roster.apply(reading(RUNNING), began);
    const record = roster.record(UUID)!;
    const since = record.since;
    roster.rebooted(record);
    assert.ok(steadyUnix() - record.startedAt! < 1_000);
    assert.ok(record.since > since);
    startedAt = Math.round(record.startedAt!);
    // As a list after libvirt was away has it.
    roster.apply(reading(RUNNING), began);
    assert.equal(Math.round(record.startedAt!), startedAt);
  }
  using again = new Roster(new Hub(), store);
  again.apply(reading(RUNNING), began);
  assert.equal(again.record(UUID)!.startedAt, startedAt);
  again.setState(again.record(UUID)!, STOPPED);
  again.rebooted(again.record(UUID)!);
  assert.equal(again.record(UUID)!.startedAt, null);
});
