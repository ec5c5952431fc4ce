import assert from "node:assert/strict";
import { StatusData, VM } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { steadyUnix } from "../clock.ts";
import { firstSince, toStatus, toVM, type VMRecord } from "./record.ts";

const definition = {
  title: null,
  description: null,
  machine: null,
  vcpus: 2,
  memory: 4_294_967_296,
  console: false,
  interfaces: [],
  disks: [],
};

const record = (changes: Partial<VMRecord> = {}): VMRecord => ({
  uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f",
  name: "web1",
  state: { status: "running", reason: "booted" },
  since: Date.UTC(2023, 4, 6, 17, 13, 42, 637),
  startedAt: Date.now() - 3_600_000,
  persistent: true,
  autostart: false,
  definition,
  addresses: new Map(),
  sample: null,
  ...changes,
});

Deno.test("toStatus gives the status message of the user's document", () => {
  const status = toStatus(record());
  assert.deepEqual(z.strictObject(StatusData.shape).parse(status), status);
  assert.equal(status.status, "running");
  assert.equal(status.lastStateChange, "2023-05-06T17:13:42.637Z");
  assert.ok(status.uptime >= 3600 && status.uptime <= 3605, String(status.uptime));
});

for (const status of ["running", "paused", "shutdown"] as const) {
  Deno.test(`toStatus counts the uptime of a VM that is ${status}, in whole seconds`, () => {
    const state = { status, reason: "user" };
    const { uptime } = toStatus(record({ state, startedAt: Date.now() - 90_400 }));
    assert.ok(Number.isInteger(uptime) && uptime >= 90 && uptime <= 95, String(uptime));
  });
}

for (const status of ["stopped", "crashed", "unknown"] as const) {
  Deno.test(`toStatus gives no uptime of a VM that is ${status}`, () => {
    assert.equal(toStatus(record({ state: { status, reason: "unknown" } })).uptime, 0);
  });
}

Deno.test("toStatus gives no negative uptime when the clock was set back", () => {
  assert.equal(toStatus(record({ startedAt: Date.now() + 60_000 })).uptime, 0);
  assert.equal(toStatus(record({ startedAt: null })).uptime, 0);
});

Deno.test("toVM is a row of the wire, with its host", () => {
  const row = toVM(record(), "kvm1");
  assert.deepEqual(z.strictObject(VM.shape).parse(row), row);
  assert.equal(row.host, "kvm1");
  assert.equal(row.reason, "booted");
});

Deno.test("toVM tells the size and the console of the definition", () => {
  const row = toVM(record({ definition: { ...definition, console: true } }), "kvm1");
  assert.deepEqual([row.vcpus, row.memory, row.console], [2, 4_294_967_296, true]);
  assert.equal(toVM(record(), "kvm1").console, false);
});

Deno.test("toVM's note is the title, else the first line of the description", () => {
  const note = (title: string | null, description: string | null) =>
    toVM(record({ definition: { ...definition, title, description } }), "kvm1").note;
  assert.equal(note("Shop", "Ask Mara."), "Shop");
  assert.equal(note(null, "\n  Ask Mara.\nOr Olga."), "Ask Mara.");
  assert.equal(note(null, null), null);
  assert.equal(note(null, "x".repeat(500))?.length, 120);
});

Deno.test("toVM lists addresses without their prefix, IPv4 first", () => {
  const addresses = new Map([
    ["52:54:00:00:00:01", ["fe80::1/64", "10.0.0.9/24"]],
    ["52:54:00:00:00:02", ["192.168.122.3/24"]],
  ]);
  const row = toVM(record({ addresses }), "kvm1");
  assert.deepEqual(row.addresses, ["10.0.0.9", "192.168.122.3", "fe80::1"]);
});

Deno.test("firstSince is the start of a guest that was booted and runs, and now for every other", () => {
  const startedAt = steadyUnix() - 3_600_000;
  const age = (...args: Parameters<typeof firstSince>) =>
    Math.round((Date.now() - firstSince(...args)) / 60_000);
  assert.equal(age({ status: "running", reason: "booted" }, startedAt), 60);
  assert.equal(age({ status: "running", reason: "booted" }), 0);
  assert.equal(age({ status: "running", reason: "unpaused" }, startedAt), 0);
  assert.equal(age({ status: "paused", reason: "user" }, startedAt), 0);
});
