/** Holds the docs and the Grafana dashboard against what `/metrics` tells. */
import assert from "node:assert/strict";
import { OF_DISKS, OF_DOMAINS, OF_NICS } from "@/services/exporter/families.ts";
import { OWN } from "@/services/exporter/own.ts";

const NAMES = [...OWN, ...OF_DOMAINS, ...OF_DISKS, ...OF_NICS].map(({ name }) => name);
const docs = (name: string) =>
  Deno.readTextFileSync(new URL(`../../docs/${name}`, import.meta.url));

Deno.test("docs/PROTOCOL.md lists the metrics of /metrics and no others", () => {
  const listed = [...docs("PROTOCOL.md").matchAll(/^\| `((?:libvirt|virtglass)_\w+)`/gm)]
    .map(([, name]) => name!);
  assert.deepEqual(listed.toSorted(), NAMES.toSorted());
});

Deno.test("the Grafana dashboard asks for metrics that there are, of hosts and VMs that are chosen", () => {
  const { panels } = JSON.parse(docs("grafana-dashboard.json")) as {
    panels: { title: string; type: string; targets?: { expr: string }[] }[];
  };
  const drawn = panels.filter(({ type }) => type !== "row");
  assert.ok(drawn.length >= 10);
  for (const { title, targets = [] } of drawn) {
    assert.ok(targets.length > 0, title);
    for (const { expr } of targets) {
      const asked = [...expr.matchAll(/((?:libvirt|virtglass)_\w+)({[^}]*})/g)];
      assert.ok(asked.length > 0, expr);
      for (const [, name, labels] of asked) {
        assert.ok(NAMES.includes(name!), `${title}: ${name}`);
        assert.match(labels!, /instance=~"\$instance"/, expr);
      }
    }
  }
});
