import assert from "node:assert/strict";
import { Connection } from "./connection.ts";
import type { DomainEvent } from "./event_callbacks.ts";
import { openHandles } from "./handles.ts";

const URI = "test:///default";
const TEST_UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f";

/** Keeps events, and resolves `until(n)` when there are n. */
function collector() {
  const events: DomainEvent[] = [];
  let wake = () => {};
  return {
    events,
    listener: (event: DomainEvent) => {
      events.push(event);
      wake();
    },
    async until(count: number): Promise<void> {
      while (events.length < count) await new Promise<void>((resolve) => wake = resolve);
    },
  };
}

Deno.test("Connection.onDomainEvent tells lifecycle events with their detail, in order", async () => {
  await using watcher = await Connection.open(URI);
  await using actor = await Connection.open(URI);
  const { events, listener, until } = collector();
  await watcher.onDomainEvent(listener);
  using domain = await actor.domainByName("test");
  await domain.suspend();
  await domain.resume();
  await domain.destroy();
  await domain.start();
  await until(4);
  assert.deepEqual(
    events.map((event) => {
      assert.equal(event.uuid, TEST_UUID);
      assert.equal(event.name, "test");
      return event.kind === "lifecycle" ? [event.event, event.detail, event.detailCode] : event;
    }),
    [
      ["suspended", "paused", 0],
      ["resumed", "unpaused", 0],
      ["stopped", "destroyed", 1],
      ["started", "booted", 0],
    ],
  );
});

Deno.test("Connection.onDomainEvent serves several listeners until the connection ends", async () => {
  const before = openHandles().callbacks;
  const watcher = await Connection.open(URI);
  const first = collector();
  const second = collector();
  await watcher.onDomainEvent(first.listener);
  await watcher.onDomainEvent(second.listener);
  using domain = await watcher.domainByName("test");
  await domain.suspend();
  await Promise.all([first.until(1), second.until(1)]);
  assert.equal(await watcher.close(), 0);
  assert.equal(openHandles().callbacks, before);

  await using other = await Connection.open(URI);
  const third = collector();
  await other.onDomainEvent(third.listener);
  using again = await other.domainByName("test");
  await again.resume().catch(() => again.suspend());
  await third.until(1);
  assert.equal(first.events.length, 1);
});
