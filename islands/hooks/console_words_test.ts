import assert from "node:assert/strict";
import {
  byteWords,
  foundWords,
  isTaken,
  sharedWords,
  stateWords,
} from "@/islands/hooks/console_words.ts";
import type { ConsoleState } from "@/islands/hooks/console_client.ts";

const state: ConsoleState = {
  link: { kind: "live" },
  line: { kind: "open" },
  readOnly: false,
  viewerId: "1",
  viewers: [],
  responder: null,
  recording: false,
  size: null,
  waiting: 0,
  trouble: null,
};
const viewer = (id: string, user: string, readOnly = false) => ({ id, user, readOnly, since: "" });

Deno.test("stateWords says the connection's state before the line's", () => {
  assert.equal(stateWords(state), "Connected");
  assert.equal(stateWords({ ...state, link: { kind: "waiting", until: 0 } }), "Reconnecting");
  const ended = { kind: "ended", code: 4404, reason: "This VM is gone." } as const;
  assert.equal(stateWords({ ...state, link: ended }), "This VM is gone.");
  const refused = { kind: "refused", code: "CONSOLE_BUSY", message: "virsh has it" } as const;
  assert.equal(stateWords({ ...state, line: refused }), "virsh has it");
  assert.match(stateWords({ ...state, line: { kind: "closed", reason: "stopped" } }), /is off/);
});

const mine = { columns: 80, rows: 24 };

Deno.test("sharedWords names the others, who only reads, and oneself elsewhere", () => {
  assert.equal(sharedWords({ ...state, viewers: [viewer("1", "alice")] }, mine), "");
  const viewers = [
    viewer("1", "alice"),
    viewer("2", "alice"),
    viewer("3", "bob"),
    viewer("4", "carol", true),
    viewer("5", "carol", true),
  ];
  assert.equal(
    sharedWords({ ...state, viewers }, mine),
    "Shared with you elsewhere, bob, carol (reads) ×2",
  );
});

Deno.test("sharedWords tells the responder's size when it is another one", () => {
  const shared = { ...state, viewers: [viewer("1", "alice"), viewer("2", "bob")] };
  assert.equal(sharedWords({ ...shared, size: mine }, mine), "Shared with bob");
  assert.equal(
    sharedWords({ ...shared, size: { columns: 132, rows: 24 } }, mine),
    "Shared with bob, whose terminal has 132 × 24",
  );
});

Deno.test("isTaken knows a console that something else holds", () => {
  const refused = { kind: "refused", code: "CONSOLE_BUSY", message: "" } as const;
  assert.equal(isTaken({ ...state, line: refused }), true);
  assert.equal(isTaken({ ...state, line: { kind: "closed", reason: "taken" } }), true);
  assert.equal(isTaken({ ...state, line: { kind: "closed", reason: "lost" } }), false);
  assert.equal(isTaken(state), false);
});

Deno.test("foundWords counts", () => {
  assert.equal(foundWords(null), "");
  assert.equal(foundWords({ index: -1, count: 0 }), "Nothing found");
  assert.equal(foundWords({ index: 2, count: 7 }), "3 of 7");
  assert.equal(foundWords({ index: -1, count: 1000 }), "1000 or more");
});

Deno.test("byteWords says sizes as people do", () => {
  assert.deepEqual([1, 712, 65_536, 1_500_000].map(byteWords), [
    "1 byte",
    "712 bytes",
    "66 kB",
    "1.5 MB",
  ]);
});
