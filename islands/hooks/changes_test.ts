import assert from "node:assert/strict";
import type { Event } from "@/protocol/mod.ts";
import { wordsOf } from "@/islands/hooks/changes.ts";

const suspended = (...vms: string[]) =>
  new Map(vms.map((vm, seq): [string, Event] => [vm, {
    seq,
    time: "2026-05-06T17:13:42.000Z",
    kind: "lifecycle",
    vm,
    detail: { event: "suspended", detail: "paused" },
  }]));

Deno.test("wordsOf names a few VMs and counts many", () => {
  assert.equal(wordsOf(suspended("web1")), "web1: Suspended");
  assert.equal(wordsOf(suspended("db", "web1")), "db: Suspended, web1: Suspended");
  assert.equal(wordsOf(suspended("db", "mail", "web1", "web2")), "4 VMs changed");
});
