import assert from "node:assert/strict";
import { parseField } from "./stats_fields.ts";

Deno.test("parseField knows where each statistic belongs", () => {
  assert.deepEqual(parseField("state.state"), { group: "state", key: "state" });
  assert.deepEqual(parseField("cpu.time"), { group: "cpu", key: "time" });
  assert.deepEqual(parseField("balloon.last-update"), { group: "balloon", key: "lastUpdate" });
  assert.deepEqual(parseField("net.count"), { group: "interfaces" });
  assert.deepEqual(parseField("net.12.rx.bytes"), {
    group: "interface",
    key: "rxBytes",
    index: 12,
  });
  assert.deepEqual(parseField("block.count"), { group: "blocks" });
  assert.deepEqual(parseField("block.0.wr.reqs"), { group: "block", key: "writeOps", index: 0 });
});

Deno.test("parseField leaves alone what nobody asked for", () => {
  const names = [
    "",
    "cpu.user",
    "balloon.major_fault",
    "balloon.7.current",
    "net.rx.bytes",
    "net.0.rx.errs",
    "block.0.path",
    "block.rd.bytes",
    "toString",
    "balloon.constructor",
    "net.0.__proto__",
    "vcpu.0.time",
  ];
  for (const name of names) assert.deepEqual(parseField(name), { group: "other" }, name);
});
