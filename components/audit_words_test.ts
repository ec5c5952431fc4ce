import assert from "node:assert/strict";
import { particulars } from "@/components/audit_words.ts";
import type { AuditRecord } from "@/protocol/mod.ts";
import { learn, speak } from "@/texts/mod.ts";

const RECORD: AuditRecord = {
  seq: 1,
  time: "2026-11-27T12:00:00.000Z",
  user: "alice",
  address: "192.0.2.7",
  kind: "command.ended",
  vm: null,
  subject: null,
  result: "ok",
  duration: null,
  detail: {},
  hash: "0".repeat(64),
};

const told = (part: Partial<AuditRecord>) =>
  particulars({ ...RECORD, ...part }).map((pair) => pair.join(" ").trim());

Deno.test("particulars leaves out what is not so", () => {
  const detail = { action: "stop", force: true, late: false, requestId: null };
  assert.deepEqual(told({ subject: "bob", detail }), ["bob", "action stop", "force yes"]);
});

Deno.test("particulars says in words how often the same was repeated, and how long it took", async () => {
  const cases = [
    [
      { detail: { seconds: 60, times: 1 } },
      "once more within 60 s",
      "noch einmal innerhalb von 60 s",
    ],
    [
      { detail: { seconds: 600, times: 3 } },
      "3 times more within 600 s",
      "noch 3-mal innerhalb von 600 s",
    ],
    [{ detail: { times: 2 } }, "2 times more", "noch 2-mal"],
    [{ duration: 0.866 }, "took 0.866 s", "Dauer 0,866 s"],
  ] as const;
  for (const [part, english] of cases) assert.deepEqual(told(part), [english]);
  await learn("de");
  speak("de");
  try {
    for (const [part, , german] of cases) assert.deepEqual(told(part), [german]);
  } finally {
    speak("en");
  }
});
