import assert from "node:assert/strict";
import type { User, VM } from "@/protocol/mod.ts";
import { entriesFor, find } from "@/components/palette_entries.ts";

const vm = (name: string, status: VM["status"]): VM => ({
  uuid: `uuid-of-${name}`,
  name,
  host: "rack1",
  status,
  lastStateChange: "2026-05-06T17:13:42.000Z",
  uptime: 0,
  reason: "",
  persistent: true,
  autostart: false,
  vcpus: 1,
  memory: 1,
  console: false,
  note: name === "db" ? "PostgreSQL" : null,
  addresses: [],
  sample: null,
});
const vms = [vm("db", "running"), vm("web1", "stopped"), vm("rewebbed", "stopped")];
const operator: User = { name: "olga", role: "operator" };
const labels = (words: string, user = operator) =>
  find(entriesFor(vms, user), words).map(({ label }) => label);

Deno.test("find wants every word, and puts first what begins with the first one", () => {
  assert.deepEqual(labels("web"), ["web1", "rewebbed", "Start web1", "Start rewebbed"]);
  assert.deepEqual(labels("postgres"), ["db"]);
  assert.deepEqual(labels("start web1"), ["Start web1"]);
  assert.deepEqual(labels("nothing of this"), []);
});

Deno.test("the palette offers what makes sense in a VM's state, and nothing to who may only look", () => {
  assert.ok(labels("db").includes("Suspend db"));
  assert.ok(!labels("db").includes("Start db"));
  assert.deepEqual(labels("db", { name: "victor", role: "viewer" }), ["db"]);
});

Deno.test("the palette asks for each VM what somebody with grants may do", () => {
  const grants = [
    { uuid: vms[0]!.uuid, role: "viewer" },
    { uuid: vms[1]!.uuid, role: "operator" },
  ] as const;
  const user: User = { name: "grete", role: null, grants: [...grants] };
  assert.deepEqual(labels("db", user), ["db"]);
  assert.deepEqual(labels("start", user), ["Start web1"]);
});

Deno.test("what is asked about first leads to the question", () => {
  const entry = entriesFor(vms, operator).find(({ label }) => label === "Power off db");
  assert.equal(entry?.href, "/vms/db?confirm=power-off");
});
