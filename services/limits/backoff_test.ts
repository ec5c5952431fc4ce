import assert from "node:assert/strict";
import { later } from "@/tests/harness/later.ts";
import { Backoff } from "./backoff.ts";

const about = (actual: number, seconds: number) =>
  assert.ok(actual <= seconds * 1000 && actual > seconds * 1000 - 500, `${actual} ms`);

Deno.test("Backoff doubles the wait with each failure that is not free, up to its most", () => {
  const backoff = new Backoff({ free: 2, first: 1, most: 5, memory: 60 });
  backoff.fail("a");
  backoff.fail("a");
  assert.equal(backoff.wait("a"), 0);
  for (const seconds of [1, 2, 4, 5, 5]) {
    backoff.fail("a");
    about(backoff.wait("a"), seconds);
  }
  assert.equal(backoff.wait("b"), 0);
  using _ = later(6_000);
  assert.equal(backoff.wait("a"), 0);
});

Deno.test("Backoff forgets a key after a while, and when it is told to", () => {
  const backoff = new Backoff({ free: 0, first: 1, most: 100, memory: 60 });
  for (let n = 0; n < 3; n++) backoff.fail("a");
  {
    using _ = later(61_000);
    backoff.fail("a");
    about(backoff.wait("a"), 1);
  }
  backoff.forget("a");
  assert.equal(backoff.wait("a"), 0);
});

Deno.test("Backoff counts a failure that is taken back no more", () => {
  const backoff = new Backoff({ free: 1, first: 1, most: 100, memory: 60 });
  for (let n = 0; n < 10; n++) {
    backoff.fail("a");
    backoff.takeBack("a");
  }
  backoff.fail("a");
  assert.equal(backoff.wait("a"), 0);
  backoff.fail("a");
  about(backoff.wait("a"), 1);
});

Deno.test("Backoff begins a wait anew when it is told to", () => {
  const backoff = new Backoff({ free: 0, first: 10, most: 100, memory: 60 });
  backoff.fail("a");
  using _ = later(20_000);
  assert.equal(backoff.wait("a"), 0);
  backoff.begin("a");
  backoff.begin("b");
  about(backoff.wait("a"), 10);
  assert.equal(backoff.wait("b"), 0);
});

Deno.test("Backoff remembers so many keys and no more, those that failed last", () => {
  const backoff = new Backoff({ free: 0, first: 1, most: 100, memory: 60, keys: 3 });
  for (const key of ["a", "b", "a", "c", "d"]) backoff.fail(key);
  assert.deepEqual(["a", "b", "c", "d"].map((key) => backoff.wait(key) > 0), [
    true,
    false,
    true,
    true,
  ]);
});

Deno.test("Backoff takes names of every object's fields for keys like others", () => {
  const backoff = new Backoff({ free: 0, first: 1, most: 100, memory: 60 });
  for (const key of ["__proto__", "constructor", ""]) {
    assert.equal(backoff.wait(key), 0);
    backoff.fail(key);
    about(backoff.wait(key), 1);
  }
});
