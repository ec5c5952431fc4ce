import assert from "node:assert/strict";
import { log } from "@/services/log.ts";
import { later } from "@/tests/harness/later.ts";
import { Unreadable } from "./unreadable.ts";

Deno.test("Unreadable has a VM asked for ever more seldom, and warns of it once, until it can be read", () => {
  const { warn } = log;
  const warned: unknown[] = [];
  log.warn = (_, { vm } = {}) => void warned.push(vm);
  using _ = { [Symbol.dispose]: () => void (log.warn = warn) };
  const unreadable = new Unreadable();
  const fail = () => unreadable.add("u", "web1", new Error("access denied"));
  const dueAfter = (seconds: number) => {
    using _ = later(seconds * 1000);
    return unreadable.isDue("u");
  };
  assert.ok(unreadable.isDue("u"));
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
    fail();
    assert.deepEqual([dueAfter(seconds - 0.5), dueAfter(seconds)], [false, true], `${seconds} s`);
  }
  assert.ok(unreadable.isDue("v"), "another one");
  assert.deepEqual(warned, ["web1"]);
  unreadable.delete("u");
  assert.ok(unreadable.isDue("u"));
  fail();
  assert.ok(dueAfter(1));
  assert.deepEqual(warned, ["web1", "web1"]);
});
