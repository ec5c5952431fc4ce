import assert from "node:assert/strict";
import { encode, Hub, type Subscriber } from "./hub.ts";

class Inbox implements Subscriber {
  readonly texts: string[] = [];
  send(text: string): void {
    this.texts.push(text);
  }
}

/** Data that counts how often it is serialised. */
class Counted {
  times = 0;
  toJSON(): { answer: number } {
    this.times++;
    return { answer: 42 };
  }
}

Deno.test("encode gives type, RFC 3339 time in UTC, and data", () => {
  const text = encode("status", { status: "running" }, Date.UTC(2023, 4, 6, 17, 13, 42, 637));
  assert.deepEqual(JSON.parse(text), {
    type: "status",
    timestamp: "2023-05-06T17:13:42.637Z",
    data: { status: "running" },
  });
});

Deno.test("Hub serialises a message once, however many subscribers get it", () => {
  const hub = new Hub();
  const inboxes = Array.from({ length: 100 }, () => new Inbox());
  for (const inbox of inboxes) hub.subscribe("vms", inbox);
  const data = new Counted();
  hub.publish("vms", "vm", data, 0);
  assert.equal(data.times, 1);
  for (const { texts } of inboxes) {
    assert.deepEqual(texts, [
      '{"type":"vm","timestamp":"1970-01-01T00:00:00.000Z","data":{"answer":42}}',
    ]);
  }
});

Deno.test("Hub does not serialise what nobody listens to", () => {
  const hub = new Hub();
  hub.subscribe("other", new Inbox());
  const data = new Counted();
  hub.publish("vms", "vm", data);
  assert.equal(data.times, 0);
});

Deno.test("Hub sends to the subscribers of the topic and to no others", () => {
  const hub = new Hub();
  const [one, two] = [new Inbox(), new Inbox()];
  hub.subscribe("vm:1", one);
  hub.subscribe("vm:2", two);
  hub.publish("vm:1", "status", {});
  assert.equal(one.texts.length, 1);
  assert.equal(two.texts.length, 0);
});

Deno.test("Hub.subscribe twice delivers once", () => {
  const hub = new Hub();
  const inbox = new Inbox();
  hub.subscribe("vms", inbox);
  hub.subscribe("vms", inbox);
  hub.publish("vms", "vm", {});
  assert.equal(inbox.texts.length, 1);
  assert.deepEqual(hub.count(), { topics: 1, subscriptions: 1 });
});

Deno.test("Hub.unsubscribe ends delivery and leaves nothing behind", () => {
  const hub = new Hub();
  const inbox = new Inbox();
  hub.subscribe("vms", inbox);
  hub.unsubscribe("vms", inbox);
  hub.publish("vms", "vm", {});
  assert.equal(inbox.texts.length, 0);
  assert.equal(hub.watched("vms"), false);
  assert.deepEqual(hub.count(), { topics: 0, subscriptions: 0 });
});

Deno.test("Hub tells interest of the first subscriber and of the loss of the last", () => {
  const hub = new Hub();
  const told: [string, boolean][] = [];
  hub.onInterest((topic, watched) => told.push([topic, watched]));
  const [one, two] = [new Inbox(), new Inbox()];
  hub.subscribe("host", one);
  hub.subscribe("host", two);
  hub.unsubscribe("host", one);
  assert.deepEqual(told, [["host", true]]);
  hub.unsubscribe("host", two);
  hub.unsubscribe("host", two);
  hub.unsubscribe("unknown", two);
  assert.deepEqual(told, [["host", true], ["host", false]]);
});

Deno.test("Hub.publish survives a subscriber that leaves while it is being sent to", () => {
  const hub = new Hub();
  const last = new Inbox();
  const leaver: Subscriber = { send: () => hub.unsubscribe("vms", leaver) };
  hub.subscribe("vms", leaver);
  hub.subscribe("vms", last);
  hub.publish("vms", "vm", 1);
  hub.publish("vms", "vm", 2);
  assert.equal(last.texts.length, 2);
  assert.deepEqual(hub.count(), { topics: 1, subscriptions: 1 });
});
