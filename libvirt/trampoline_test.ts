import assert from "node:assert/strict";
import { guarded, Registry, trampoline } from "./trampoline.ts";

Deno.test("trampoline makes one C function, at its first use, for the life of the process", () => {
  const seen: number[] = [];
  const pointer = trampoline(
    { parameters: ["i32"], result: "void" },
    (value) => guarded(() => seen.push(value)),
  );
  assert.equal(pointer(), pointer());
  const definition = { parameters: ["i32"], result: "void" } as const;
  const call = new Deno.UnsafeFnPointer<typeof definition>(
    pointer() as Deno.PointerObject<typeof definition>,
    definition,
  );
  call.call(7);
  call.call(-1);
  assert.deepEqual(seen, [7, -1]);
});

Deno.test("guarded reports what a listener throws, which would vanish in C", async () => {
  const reported = Promise.withResolvers<unknown>();
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    reported.resolve(event.error);
  };
  addEventListener("error", onError, { once: true });
  const error = new Error("thrown by a listener");
  guarded(() => {
    throw error;
  });
  assert.equal(await reported.promise, error);
});

Deno.test("Registry answers what an id stands for until it is deleted, and never gives it again", () => {
  const registry = new Registry<string>();
  const other = new Registry<string>();
  const id = registry.add("one");
  assert.equal(registry.get(BigInt(id)), "one");
  assert.equal(other.get(id), undefined);
  registry.delete(id);
  assert.equal(registry.get(id), undefined);
  assert.notEqual(registry.add("two"), id);
  assert.equal(registry.size, 1);
});
