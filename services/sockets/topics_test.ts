import assert from "node:assert/strict";
import { GlassError } from "../errors.ts";
import { Hub } from "../hub.ts";
import { Topics } from "./topics.ts";

const UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f";
const find = (name: string) => {
  if (name === "web1" || name === UUID) return UUID;
  throw new GlassError("VM_NOT_FOUND", `no VM ${name}`);
};

/** Topics on a hub, with how many messages came of each publication. */
function setUp() {
  const hub = new Hub();
  const texts: string[] = [];
  const topics = new Topics(hub, { send: (text) => void texts.push(text) });
  return {
    hub,
    topics,
    got(topic: string): number {
      const before = texts.length;
      hub.publish(topic, "x", {});
      return texts.length - before;
    },
  };
}

Deno.test("Topics keeps a VM that is followed by name when its UUID is left, and the other way", () => {
  const { topics, got } = setUp();
  topics.follow(["vm:web1", `vm:${UUID}`], find);
  assert.equal(got(`vm-row:${UUID}`), 1);
  topics.leave([`vm:${UUID}`]);
  assert.equal(got(`vm-row:${UUID}`), 1);
  topics.leave(["vm:web1"]);
  assert.equal(got(`vm-row:${UUID}`), 0);
});

Deno.test("Topics gets every message once, though all and one were asked for", () => {
  const { hub, topics } = setUp();
  const subscriptions = () => hub.count().subscriptions;
  for (
    const [all, one] of [["vms", "vm:web1"], ["metrics:*", "metrics:web1"], ["events", "commands"]]
  ) {
    topics.follow([all!, one!], find);
    assert.equal(subscriptions(), 1, `${all} with ${one}`);
    topics.leave([all!]);
    assert.equal(subscriptions(), 1, `${one} after ${all} is left`);
    topics.leave([one!]);
    assert.equal(subscriptions(), 0);
  }
});

Deno.test("Topics follows what there is, and says once of each VM that it is missing", () => {
  const { topics, got } = setUp();
  const missing = topics.follow(["host", "vm:db1", "vm:web1", "metrics:db1", "vm:db2"], find);
  assert.deepEqual(missing.map(({ message }) => message), ["no VM db1", "no VM db2"]);
  assert.deepEqual(topics.names, ["host", "vm:web1"]);
  assert.equal(got(`vm-row:${UUID}`), 1);
});

Deno.test("Topics follows none of the names when one of them is no topic", () => {
  const { hub, topics } = setUp();
  assert.deepEqual(topics.follow(["host"], find), []);
  assert.throws(() => topics.follow(["vms", "disks:web1"], find), /no topic "disks:web1"/);
  assert.deepEqual(topics.names, ["host"]);
  assert.equal(hub.count().subscriptions, 1);
});

Deno.test("Topics.singleVMs are those followed as a VM, not as its metrics", () => {
  const { topics } = setUp();
  topics.follow(["metrics:web1", "vms"], find);
  assert.deepEqual([...topics.singleVMs], []);
  topics.follow(["vm:web1"], find);
  assert.deepEqual([...topics.singleVMs], [UUID]);
});

Deno.test("Topics.leaveAll leaves nothing behind", () => {
  const { hub, topics } = setUp();
  topics.follow(["vms", "events", "metrics:web1", "host", "commands"], find);
  topics.leaveAll();
  assert.deepEqual(hub.count(), { topics: 0, subscriptions: 0 });
});
