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
  hub.publish("vms", "vm", data, { time: 0 });
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

/** Somebody who may be told of VM "web1" and no other. */
class OneVM extends Inbox {
  sees(subject: unknown): boolean {
    return subject === "web1";
  }
  seesAll(): boolean {
    return false;
  }
}

/** Somebody who may be told everything, and is asked once. */
class Everything extends Inbox {
  sees(): boolean {
    throw new Error("was asked for a single subject");
  }
  seesAll(): boolean {
    return true;
  }
}

const dataOf = ({ texts }: Inbox) => texts.map((text) => JSON.parse(text).data);

Deno.test("Hub.publish keeps what a subscriber may not see from it, and from nobody else", () => {
  const hub = new Hub();
  const [plain, one] = [new Inbox(), new OneVM()];
  for (const inbox of [plain, one]) hub.subscribe("vms", inbox);
  hub.publish("vms", "vm", 1, { subject: "web1" });
  hub.publish("vms", "vm", 2, { subject: "db1" });
  hub.publish("vms", "host", 3);
  assert.deepEqual(dataOf(plain), [1, 2, 3]);
  assert.deepEqual(dataOf(one), [1, 3]);
});

Deno.test("Hub.publish serialises nothing that no subscriber may see", () => {
  const hub = new Hub();
  hub.subscribe("vms", new OneVM());
  const data = new Counted();
  hub.publish("vms", "vm", data, { subject: "db1" });
  assert.equal(data.times, 0);
});

Deno.test("Hub.publishParts sends one shared text to all who see everything, and the rest its part", () => {
  const hub = new Hub();
  const all = [new Inbox(), new Everything(), new Everything()];
  const one = new OneVM();
  for (const inbox of [...all, one]) hub.subscribe("metrics", inbox);
  let made = 0;
  const toData = (parts: [string, number][]) => {
    made++;
    return Object.fromEntries(parts);
  };
  hub.publishParts("metrics", "samples", new Map([["web1", 1], ["db1", 2]]), toData, 0);
  for (const inbox of all) assert.deepEqual(dataOf(inbox), [{ web1: 1, db1: 2 }]);
  assert.deepEqual(dataOf(one), [{ web1: 1 }]);
  assert.equal(made, 2);
  assert.equal(new Set(all.flatMap(({ texts }) => texts)).size, 1);
});

Deno.test("Hub.publishTogether sends each one message about all it follows, alike to those who follow the same", () => {
  const hub = new Hub();
  const [one, two, both] = [new Inbox(), new Inbox(), new Inbox()];
  const [again, granted] = [new Inbox(), new OneVM()];
  for (const inbox of [one, both, again, granted]) hub.subscribe("sample:1", inbox);
  for (const inbox of [two, both, again, granted]) hub.subscribe("sample:2", inbox);
  hub.subscribe("sample:3", one);
  const parts = new Map<string, [string, Counted]>([
    ["sample:1", ["web1", new Counted()]],
    ["sample:2", ["db1", new Counted()]],
    ["sample:4", ["mail1", new Counted()]],
  ]);
  hub.publishTogether(parts, "samples", (parts) => Object.fromEntries(parts), 0);
  const answer = { answer: 42 };
  for (const inbox of [one, granted]) assert.deepEqual(dataOf(inbox), [{ web1: answer }]);
  assert.deepEqual(dataOf(two), [{ db1: answer }]);
  for (const inbox of [both, again]) {
    assert.deepEqual(dataOf(inbox), [{ web1: answer, db1: answer }]);
  }
  // Alone and with the other one.
  assert.deepEqual([...parts.values()].map(([, { times }]) => times), [2, 2, 0]);
});
