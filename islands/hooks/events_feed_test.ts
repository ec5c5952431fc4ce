import assert from "node:assert/strict";
import { EventsFeed } from "@/islands/hooks/events_feed.ts";
import { Socket } from "@/islands/hooks/socket.ts";

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
  return {
    url: `ws://127.0.0.1:${server.addr.port}/`,
    check: `http://127.0.0.1:${server.addr.port}/`,
    received,
    drop: () => current?.close(1001),
    say: (message: unknown) => current?.send(JSON.stringify(message)),
    async count(wanted: number) {
      while (received.length < wanted) await new Promise<void>((done) => waiting = done);
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
  server.say({ type: "vm_removed", timestamp: "", data: { uuid: "u", name: "n" } });
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
  server.say({ type: "subscribed", timestamp: "", data: { topics: ["events"], seq: 7 } });
  server.say({ type: "event", timestamp: "", data: { seq: 8, kind: "a", vm: null, detail: {} } });
  const gap = { from: 3, to: 5 };
  server.say({ type: "subscribed", timestamp: "", data: { topics: ["events"], seq: 7, gap } });
  server.say({ type: "event", timestamp: "", data: { seq: 9, kind: "b", vm: null, detail: {} } });
  await promise;
  assert.deepEqual(gaps, [gap]);
  server.drop();
  await server.count(2);
  assert.deepEqual(server.received, ["subscribe events", "subscribe events since 9"]);
  feed.close();
  socket.close();
});
