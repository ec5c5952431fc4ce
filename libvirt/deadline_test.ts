import assert from "node:assert/strict";
import { later } from "@/tests/harness/later.ts";
import { within } from "@/tests/harness/wait.ts";
import { Deadline } from "./deadline.ts";

/** A deadline, and how often it was missed. */
function watched(milliseconds: number) {
  let missed = Promise.withResolvers<void>();
  let times = 0;
  const deadline = new Deadline(milliseconds, () => {
    times++;
    missed.resolve();
    missed = Promise.withResolvers();
  });
  return { deadline, times: () => times, missed: () => missed.promise };
}

Deno.test("Deadline tells once of what takes too long", async () => {
  const { deadline, times, missed } = watched(20);
  using _ = deadline;
  deadline.begin();
  await within(5_000, "the deadline", missed());
  deadline.begin();
  await within(5_000, "the next one", missed());
  assert.equal(times(), 2);
});

Deno.test("Deadline counts anew for what comes after something that was in time", async () => {
  const { deadline, times, missed } = watched(200);
  using _ = deadline;
  const began = performance.now();
  deadline.begin();
  deadline.end();
  {
    using _ = later(150);
    deadline.begin();
  }
  await within(5_000, "the deadline", missed());
  assert.ok(performance.now() - began >= 349, "it came before its time");
  assert.equal(times(), 1);
});

Deno.test("Deadline tells nothing of what was in time, and leaves no timer behind", async () => {
  const { deadline, times } = watched(1);
  deadline.begin();
  deadline.end();
  const other = watched(20);
  other.deadline.begin();
  await within(5_000, "a longer deadline", other.missed());
  assert.equal(times(), 0);
  deadline.begin();
  deadline[Symbol.dispose]();
});
