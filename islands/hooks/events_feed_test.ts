import assert from "node:assert/strict";
import { EventsFeed } from "@/islands/hooks/events_feed.ts";
import { Socket } from "@/islands/hooks/socket.ts";
import { within } from "@/tests/harness/wait.ts";

/** A server that keeps what it was sent, answers heartbeats only, and can drop its clients. */
function serve() {
  const received: string[] = [];
  let current: WebSocket | undefined;
  let waiting: (() => void) | undefined;
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    current = socket;
    socket.onmessage = ({ data }) => {
      const { type, data: { topics, since } } = JSON.parse(data);
      received.push(`${type} ${topics}${since === undefined ? "" : ` since ${since}`}`);
      waiting?.();
    };
    return response;
  });
  const say = (type: string, data: unknown) =>
    current?.send(JSON.stringify({ type, timestamp: "", data }));
  return {
    url: `ws://127.0.0.1:${server.addr.port}/`,
    check: `http://127.0.0.1:${server.addr.port}/`,
    received,
    drop: () => current?.close(1001),
    say,
    /** Says that an event happened. */
    event: (seq: number) => say("event", { seq, kind: "a", vm: null, detail: {} }),
    async count(wanted: number) {
      while (received.length < wanted) {
        const more = new Promise<void>((done) => waiting = done);
        await within(10_000, `message ${wanted} of the client`, more);
      }
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("EventsFeed subscribes to all followed topics when it becomes live, and again after a loss", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const feed = new EventsFeed(socket);
  feed.follow(["host"], () => {});
  feed.follow(["vms", "host"], () => {});
  await server.count(1);
  server.drop();
  await server.count(2);
  assert.deepEqual(server.received, ["subscribe host,vms", "subscribe host,vms"]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed asks again for a newcomer and unsubscribes with the last follower", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check });
  const feed = new EventsFeed(socket);
  const stopFirst = feed.follow(["host"], () => {});
  await server.count(1);
  const stopSecond = feed.follow(["host", "vms"], () => {});
  stopFirst();
  stopSecond();
  await server.count(3);
  assert.deepEqual(server.received, [
    "subscribe host",
    "subscribe host,vms",
    "unsubscribe host,vms",
  ]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed hands every message to every follower", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check });
  const feed = new EventsFeed(socket);
  const heard = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  for (const { resolve } of heard) feed.follow(["host"], (message) => resolve(message.type));
  await server.count(1);
  server.say("vm_removed", { uuid: "u", name: "n" });
  assert.deepEqual(await Promise.all(heard.map(({ promise }) => promise)), [
    "vm_removed",
    "vm_removed",
  ]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed asks for the events that it missed, and for no others", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const feed = new EventsFeed(socket);
  const gaps: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  feed.follow(["events"], ({ type, data }) => {
    if (type === "subscribed" && data.gap) gaps.push(data.gap);
    if (type === "event" && data.seq === 9) resolve();
  });
  await server.count(1);
  server.say("subscribed", { topics: ["events"], seq: 7 });
  server.event(8);
  const gap = { from: 3, to: 5 };
  server.say("subscribed", { topics: ["events"], seq: 7, gap });
  server.event(9);
  await promise;
  assert.deepEqual(gaps, [gap]);
  server.drop();
  await server.count(2);
  assert.deepEqual(server.received, ["subscribe events", "subscribe events since 9"]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed asks again for what a loss in the middle of a replay cost, and tells nothing twice", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const feed = new EventsFeed(socket);
  const told: number[] = [];
  let reached = { seq: 0, resolve() {} };
  const until = (seq: number) => new Promise<void>((resolve) => reached = { seq, resolve });
  feed.follow(["events"], ({ type, data }) => {
    if (type === "event") told.push(data.seq);
    if ((type === "event" || type === "vm_removed") && told.at(-1) === reached.seq) {
      reached.resolve();
    }
  });
  await server.count(1);
  server.say("subscribed", { topics: ["events"], seq: 7 });
  server.drop();
  await server.count(2);

  let heard = until(9);
  server.say("subscribed", { topics: ["events"], seq: 20 });
  server.event(8);
  server.event(9);
  await within(10_000, "what the server said", heard);
  server.drop();
  await server.count(3);

  // Of 10 to 20 this user may see 12 alone, so the replay is over with what is no event.
  heard = until(12);
  server.say("subscribed", { topics: ["events"], seq: 20 });
  server.event(9);
  server.event(12);
  await within(10_000, "what the server said", heard);
  heard = until(12);
  server.say("vm_removed", { uuid: "u", name: "n" });
  await within(10_000, "what the server said", heard);
  server.drop();
  await server.count(4);

  assert.deepEqual(told, [8, 9, 12]);
  assert.deepEqual(server.received, [
    "subscribe events",
    "subscribe events since 7",
    "subscribe events since 9",
    "subscribe events since 20",
  ]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed goes on with the lower numbers of a server whose clock was set back", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const feed = new EventsFeed(socket);
  const told: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  feed.follow(["events"], ({ type, data }) => {
    if (type === "event") told.push(data.seq);
    if (type === "vm_removed") resolve();
  });
  await server.count(1);
  server.say("subscribed", { topics: ["events"], seq: 70 });
  server.event(80);
  server.drop();
  await server.count(2);
  server.say("subscribed", { topics: ["events"], seq: 20, gap: { from: 1, to: 10 } });
  for (const seq of [15, 20, 21]) server.event(seq);
  server.say("vm_removed", { uuid: "u", name: "n" });
  await within(10_000, "what the server said", promise);
  server.drop();
  await server.count(3);
  assert.deepEqual(told, [80, 15, 20, 21]);
  assert.deepEqual(server.received, [
    "subscribe events",
    "subscribe events since 80",
    "subscribe events since 21",
  ]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed keeps the other topics when a server refuses all for one VM that is gone", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const feed = new EventsFeed(socket);
  const { promise, resolve } = Promise.withResolvers<void>();
  feed.follow(["vm:gone", "vm:web1", "host", "events"], ({ type, data }) => {
    if (type === "subscribed" && data.topics.length === 3) resolve();
  });
  const refuse = () => server.say("error", { code: "VM_NOT_FOUND", message: "no gone" });
  await server.count(1);
  server.say("subscribed", { topics: ["vm:gone", "vm:web1", "host", "events"], seq: 7 });
  server.drop();
  await server.count(2);
  refuse();
  await server.count(5);
  server.say("subscribed", { topics: ["host", "events"], seq: 9 });
  server.event(8);
  refuse();
  server.say("subscribed", { topics: ["host", "events", "vm:web1"], seq: 9 });
  await within(10_000, "the last answer", promise);
  // Nothing is asked a third time: the next to ask is the newcomer.
  feed.follow(["commands"], () => {});
  await server.count(6);
  assert.deepEqual(server.received, [
    "subscribe vm:gone,vm:web1,host,events",
    "subscribe vm:gone,vm:web1,host,events since 7",
    "subscribe host,events since 7",
    "subscribe vm:gone",
    "subscribe vm:web1",
    "subscribe commands",
  ]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed leaves alone what a server follows although it refuses one VM", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const feed = new EventsFeed(socket);
  const errors = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let heard = 0;
  feed.follow(["vm:gone", "vms"], ({ type }) => type === "error" && errors[heard++]?.resolve());
  await server.count(1);
  server.say("subscribed", { topics: ["vms"], seq: 7 });
  server.say("error", { code: "VM_NOT_FOUND", message: "no gone" });
  await within(10_000, "the first error", errors[0]!.promise);
  await server.count(2);
  server.say("error", { code: "VM_NOT_FOUND", message: "no gone" });
  await within(10_000, "the second error", errors[1]!.promise);
  feed.follow(["host"], () => {});
  await server.count(3);
  assert.deepEqual(server.received, [
    "subscribe vm:gone,vms",
    "subscribe vm:gone",
    "subscribe host",
  ]);
  feed.close();
  socket.close();
});

Deno.test("EventsFeed asks again for a VM once libvirt has told which there are", async () => {
  await using server = serve();
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const feed = new EventsFeed(socket);
  feed.follow(["host", "vm:web1"], () => {});
  await server.count(1);
  const refuse = () => server.say("error", { code: "LIBVIRT_UNAVAILABLE", message: "not yet" });
  const host = (connected: boolean) => server.say("host", { libvirt: { connected } });
  refuse();
  server.say("subscribed", { topics: ["host"], seq: 7 });
  await server.count(3);
  server.say("subscribed", { topics: ["host"], seq: 7 });
  refuse();
  host(false);
  host(true);
  await server.count(4);
  server.say("subscribed", { topics: ["host", "vm:web1"], seq: 7 });
  host(true);
  feed.follow(["vms"], () => {});
  await server.count(5);
  assert.deepEqual(server.received, [
    "subscribe host,vm:web1",
    "subscribe host",
    "subscribe vm:web1",
    "subscribe vm:web1",
    "subscribe vms",
  ]);
  feed.close();
  socket.close();
});
