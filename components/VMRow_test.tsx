import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { collecting } from "@/fresh/collector.ts";
import { VMRow } from "@/components/VMRow.tsx";
import { VMTable } from "@/components/VMTable.tsx";
import type { Row } from "@/components/vm_row.ts";
import { learn, speak } from "@/texts/mod.ts";

const row: Row = {
  uuid: "5d8f9c2e-0000-4000-8000-000000000001",
  name: "web1",
  host: "rack1",
  status: "running",
  lastStateChange: "2025-03-01T12:00:00.000Z",
  uptime: 60,
  startedAt: 0,
  reason: "booted",
  persistent: true,
  autostart: false,
  vcpus: 1,
  memory: 2 ** 30,
  console: true,
  note: null,
  addresses: ["192.0.2.1"],
  sample: null,
  spark: { at: 0, cpu: [], network: [], disk: [] },
};
const sample: Row["sample"] = {
  time: "2025-03-01T12:00:05.000Z",
  stale: false,
  metrics: {
    cpu: { utilization: 12.5 },
    memory: { used: 2 ** 29, total: 2 ** 30 },
    network: { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    disk: { readBytes: 0, writeBytes: 0, readOps: 0, writeOps: 0 },
  },
  rates: { rxBytes: 1, txBytes: 2, readBytes: 3, writeBytes: 4 },
};

type Props = Omit<VMRow["props"], "children" | "key" | "ref">;

const alone = (props: Props) => renderToString(<VMRow {...props} />);
const onPage = (props: Props) => collecting({ head: [], islands: [] }, () => alone(props));

const first: Props = { row, uptime: 60, pick: false, news: false };
const CHANGES: Record<string, Partial<Row> | Partial<Props>> = {
  "name": { name: "web2" },
  "note": { note: "the shop" },
  "state": { status: "paused" },
  "vCPU": { vcpus: 2 },
  "memory": { memory: 2 ** 31 },
  "addresses": { addresses: ["192.0.2.1", "192.0.2.2"] },
  "sample": { sample },
  "sparkline": { spark: { at: 1, cpu: [1, 2], network: [3, 4], disk: [5, 6] } },
  "uptime": { uptime: 61 },
  "end": { uptime: null },
  "tick": { pick: true },
  "news": { news: true },
};

for (const [what, change] of Object.entries(CHANGES)) {
  Deno.test(`VMRow on a page shows another ${what}`, () => {
    const before = onPage(first);
    assert.equal(before, alone(first));
    const own = Object.keys(change).every((name) => name in first);
    const next = own
      ? { ...first, ...change as Partial<Props> }
      : { ...first, row: { ...row, ...change as Partial<Row> } };
    assert.notEqual(onPage(next), before);
    assert.equal(onPage(next), alone(next));
    assert.equal(onPage(first), before, "and what was before");
  });
}

Deno.test("VMRow says how many cores its VM takes, and how many it has", () => {
  const busy = (utilization: number) => ({
    ...sample,
    metrics: { ...sample.metrics, cpu: { utilization } },
  });
  const small = alone({ ...first, row: { ...row, sample: busy(100) } });
  assert.match(small, />1\.0 of 1 vCPU</);
  const large = alone({ ...first, row: { ...row, vcpus: 16, sample: busy(40) } });
  assert.match(large, />6\.4 of 16 vCPUs</);
  assert.match(alone({ ...first, row: { ...row, vcpus: 16 } }), />16 vCPUs</);
});

Deno.test("VMRow on a page is in the page's language", async () => {
  const props = { ...first, pick: true };
  await learn("de");
  speak("de");
  try {
    const german = onPage(props);
    assert.equal(german, alone(props));
    speak("en");
    assert.notEqual(onPage(props), german);
  } finally {
    speak("en");
  }
});

Deno.test("VMTable leaves rows out of sight to be laid out later only where there are many", () => {
  const table = (size: number) => {
    const rows = Array.from({ length: size }, (_, n) => ({ ...row, uuid: `${n}`, name: `vm${n}` }));
    const view = { sort: "name", descending: false, filter: "", grouped: false } as const;
    return renderToString(<VMTable rows={rows} view={view} now={0} pick />);
  };
  assert.match(table(40), /<table [^>]*class="vms"/);
  assert.match(table(41), /<table [^>]*class="vms vms-many"/);
});
