import assert from "node:assert/strict";
import { parseSnapshots } from "./snapshots.ts";

const snapshot = (name: string, inside: string) =>
  `<domainsnapshot><name>${name}</name>${inside}</domainsnapshot>`;

Deno.test("parseSnapshots tells of each, the newest first", () => {
  const found = parseSnapshots([
    {
      xml: snapshot(
        "fresh",
        "<description>as &lt;installed&gt;</description><state>shutoff</state>" +
          "<creationTime>1700000000</creationTime><memory snapshot='no'/>",
      ),
      current: false,
    },
    {
      xml: snapshot(
        "12",
        "<parent><name>fresh</name></parent><state>running</state>" +
          "<creationTime>1700000060</creationTime><memory snapshot='internal'/>" +
          "<domain><name>web1</name></domain>",
      ),
      current: true,
    },
    { xml: snapshot("old", ""), current: false },
  ]);
  assert.deepEqual(found, [
    {
      name: "12",
      description: null,
      parent: "fresh",
      state: "running",
      memory: true,
      createdAt: "2023-11-14T22:14:20.000Z",
      current: true,
    },
    {
      name: "fresh",
      description: "as <installed>",
      parent: null,
      state: "shutoff",
      memory: false,
      createdAt: "2023-11-14T22:13:20.000Z",
      current: false,
    },
    {
      name: "old",
      description: null,
      parent: null,
      state: null,
      memory: false,
      createdAt: null,
      current: false,
    },
  ]);
});
