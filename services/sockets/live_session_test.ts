import assert from "node:assert/strict";
import { may } from "@/services/identity/policy.ts";
import { LiveSession } from "./live_session.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const session = (left = MINUTE, role: "viewer" | "operator" = "viewer") => ({
  id: "s",
  user: { name: "alice", role },
  expiresAt: Date.now() + left,
});

/** Does it with a time of day that is off by so many ms. */
function off(milliseconds: number, check: () => void): void {
  const { now } = Date;
  Date.now = () => now() + milliseconds;
  try {
    check();
  } finally {
    Date.now = now;
  }
}

Deno.test("LiveSession lasts as long as the session, whatever becomes of the clock", () => {
  const live = new LiveSession(session());
  for (const jump of [0, DAY, -DAY]) {
    off(jump, () => {
      assert.ok(live.left() > MINUTE - 5_000 && live.left() <= MINUTE, String(live.left()));
      assert.ok(Math.abs(live.expiresAt - Date.now() - MINUTE) < 5_000);
      assert.equal(may(live, "read", null), true);
    });
  }
});

Deno.test("LiveSession that has ended is good for nothing, though the clock is set back", () => {
  const live = new LiveSession(session(-1));
  off(-DAY, () => {
    assert.ok(live.left() < 0);
    assert.equal(may(live, "read", null), false);
  });
});

Deno.test("LiveSession.renew goes on with the new session's id, user and end", () => {
  const live = new LiveSession(session(10));
  live.renew({ ...session(MINUTE, "operator"), id: "t" });
  assert.deepEqual([live.id, live.user.role], ["t", "operator"]);
  assert.ok(live.left() > MINUTE - 5_000);
});

Deno.test("LiveSession.follow says whether anything about the user has changed, and keeps the end", () => {
  const live = new LiveSession(session());
  assert.equal(live.follow({ name: "alice", role: "viewer" }), false);
  assert.equal(live.follow({ name: "alice", role: "operator" }), true);
  assert.equal(live.user.role, "operator");
  assert.ok(live.left() > MINUTE - 5_000 && live.left() <= MINUTE);
});
