import assert from "node:assert/strict";
import type { VM } from "@/protocol/mod.ts";
import { listed } from "@/components/listed.ts";
import { noSpark } from "@/components/spark.ts";
import type { Row } from "@/components/vm_row.ts";
import { arrange, matches, readView, sortedBy, viewAddress } from "@/components/vm_view.ts";
import { learn, speak } from "@/texts/mod.ts";

const row = (name: string, more: Partial<VM> = {}, cpu: number | null = null): Row => ({
  ...listed({
    uuid: `uuid-of-${name}`,
    name,
    host: "rack1",
    status: "running",
    lastStateChange: "2025-03-01T12:00:00Z",
    uptime: 60,
    reason: "booted",
    persistent: true,
    autostart: false,
    vcpus: 1,
    memory: 1024,
    console: true,
    note: null,
    addresses: [],
    sample: cpu === null ? null : {
      time: "2025-03-01T12:00:00Z",
      stale: false,
      metrics: {
        cpu: { utilization: cpu },
        memory: { used: null, total: null },
        network: { rxBytes: null, txBytes: null, rxPackets: null, txPackets: null },
        disk: { readBytes: null, writeBytes: null, readOps: null, writeOps: null },
      },
      rates: { rxBytes: null, txBytes: null, readBytes: null, writeBytes: null },
    },
    ...more,
  }, 0),
  spark: noSpark,
});
const rows = [
  row("db", { addresses: ["10.0.0.10"] }, 12),
  row("mail", { status: "stopped", note: "Old, ask Mara" }),
  row("web2", { addresses: ["10.0.0.9"], status: "paused" }, 90),
];
const view = (text: string) => readView(new URLSearchParams(text));
const names = (text: string, places?: Map<string, number>) =>
  arrange(rows, view(text), places).map(({ name }) => name);

Deno.test("arrange leaves rows by name, and turns them round", () => {
  assert.deepEqual(names(""), ["db", "mail", "web2"]);
  assert.deepEqual(names("order=down"), ["web2", "mail", "db"]);
});

Deno.test("arrange sorts by a value both ways, what has none last", () => {
  assert.deepEqual(names("sort=cpu"), ["db", "web2", "mail"]);
  assert.deepEqual(names("sort=cpu&order=down"), ["web2", "db", "mail"]);
  assert.deepEqual(names("sort=addresses"), ["web2", "db", "mail"]);
});

Deno.test("arrange puts who takes most of the host first, not who has the busiest vCPU", () => {
  const small = row("small", { vcpus: 1 }, 100);
  const large = row("large", { vcpus: 16 }, 40);
  assert.deepEqual(arrange([small, large], view("sort=cpu&order=down")), [large, small]);
});

Deno.test("arrange groups by state, what wants attention first, sorted within", () => {
  assert.deepEqual(names("group=state"), ["web2", "db", "mail"]);
});

Deno.test("arrange holds the places it is given; who is new comes last", () => {
  const places = new Map([["uuid-of-web2", 0], ["uuid-of-mail", 1]]);
  assert.deepEqual(names("sort=cpu&order=down", places), ["web2", "mail", "db"]);
});

Deno.test("matches wants every word, in any of name, note, state and address", () => {
  const [db, mail, web2] = rows as [Row, Row, Row];
  assert.ok(matches(mail, "MARA old"));
  assert.ok(matches(web2, "paused 0.9"));
  assert.ok(matches(db, "  "));
  assert.ok(!matches(db, "db mara"));
});

Deno.test("viewAddress and readView are each other's opposite, and say no more than needed", () => {
  for (const text of ["/", "/?q=a+b&sort=cpu&order=down&group=state"]) {
    assert.equal(viewAddress(readView(new URL(text, "http://glass").searchParams)), text);
  }
  assert.equal(viewAddress(view("sort=constructor&order=sideways")), "/");
});

Deno.test("sortedBy begins with the largest of what moves, and turns round at the second press", () => {
  const cpu = sortedBy(view(""), "cpu");
  assert.deepEqual([cpu.sort, cpu.descending], ["cpu", true]);
  assert.equal(sortedBy(cpu, "cpu").descending, false);
  assert.equal(sortedBy(cpu, "addresses").descending, false);
});

Deno.test("a filter finds a state by the word that is shown for it", async () => {
  await learn("de");
  speak("de");
  try {
    assert.ok(matches(row("web1"), "läuft"));
    assert.ok(matches(row("web1"), "running"));
    assert.ok(!matches(row("web1"), "angehalten"));
  } finally {
    speak("en");
  }
});
