import assert from "node:assert/strict";
import type { Link } from "@/islands/hooks/link.ts";
import { Socket } from "@/islands/hooks/socket.ts";

/** A real server on a free port; each upgraded socket is handed to `accept`. */
function serve(accept: (socket: WebSocket) => void, status = () => 101) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    if (status() !== 101) return new Response("no", { status: status() });
    if (request.headers.get("upgrade") !== "websocket") return new Response("ok");
    const { socket, response } = Deno.upgradeWebSocket(request);
    accept(socket);
    return response;
  });
  const at = `127.0.0.1:${server.addr.port}`;
  return {
    url: `ws://${at}/ws`,
    check: `http://${at}/check`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** As `serve`; the first connection is lost at once. */
function serveAfterLoss() {
  let connections = 0;
  return serve((socket) => {
    socket.onopen = () => ++connections === 1 && socket.close(1001);
  });
}

/** Resolves with the first link for which `wanted` holds; the test's deadline bounds it. */
function link(socket: Socket, wanted: (link: Link) => boolean): Promise<Link> {
  const { promise, resolve } = Promise.withResolvers<Link>();
  const stop = socket.watch((now) => wanted(now) && resolve(now));
  return promise.finally(stop);
}
const kind = (socket: Socket, wanted: Link["kind"]) => link(socket, (now) => now.kind === wanted);

Deno.test("Socket becomes live, hands over messages and sends", async () => {
  const received: string[] = [];
  await using server = serve((socket) => {
    socket.onmessage = ({ data }) => {
      received.push(data);
      socket.send(
        JSON.stringify({ type: "vm_removed", timestamp: "", data: { uuid: "u", name: "n" } }),
      );
    };
  });
  const socket = new Socket(server.url, { check: server.check });
  assert.equal(socket.send({ type: "heartbeat", data: {} }), false, "not live yet");
  await kind(socket, "live");
  const { promise, resolve } = Promise.withResolvers<string>();
  socket.listen((message) => resolve(message.type));
  assert.equal(socket.send({ type: "heartbeat", data: {} }), true);
  assert.equal(await promise, "vm_removed");
  assert.deepEqual(received, ['{"type":"heartbeat","data":{}}']);
  socket.close();
  assert.equal(socket.link.kind, "ended");
});

Deno.test("Socket reopens its connection after a loss, waiting longer each time", async () => {
  const sockets: WebSocket[] = [];
  await using server = serve((socket) => {
    sockets.push(socket);
    socket.onopen = () => sockets.length < 4 && socket.close(1001, "server stopping");
  });
  const attempts: number[] = [];
  const delay = (attempt: number) => (attempts.push(attempt), 1);
  const kinds: string[] = [];
  const socket = new Socket(server.url, { check: server.check, delay });
  const stop = socket.watch((now) => kinds.push(now.kind));
  await link(socket, () => sockets.length === 4 && socket.link.kind === "live");
  stop();
  assert.deepEqual(attempts, [0, 1, 2]);
  assert.deepEqual(kinds.filter((name) => name === "waiting").length, 3);
  socket.close();
});

for (const [why, wake] of [["the network comes back", "online"], ["its tab is used", "focus"]]) {
  Deno.test(`Socket retries at once when ${why}`, async () => {
    await using server = serveAfterLoss();
    const socket = new Socket(server.url, { check: server.check, delay: () => 3_600_000 });
    await kind(socket, "waiting");
    dispatchEvent(new Event(wake!));
    await kind(socket, "live");
    socket.close();
  });
}

Deno.test("Socket retries at once when its page is shown, and not when it is hidden", async () => {
  const page = { hidden: true };
  Object.assign(globalThis, { document: page });
  try {
    await using server = serveAfterLoss();
    let attempts = 0;
    const address = () => (attempts++, server.url);
    const socket = new Socket(address, { check: server.check, delay: () => 3_600_000 });
    await kind(socket, "waiting");
    dispatchEvent(new Event("visibilitychange"));
    assert.equal(attempts, 1);
    page.hidden = false;
    dispatchEvent(new Event("visibilitychange"));
    await kind(socket, "live");
    assert.equal(attempts, 2);
    socket.close();
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
});

for (const code of [1008, 4403, 4404]) {
  Deno.test(`Socket does not come back after close code ${code}`, async () => {
    await using server = serve((socket) => {
      socket.onopen = () => socket.close(code, "because");
    });
    const socket = new Socket(server.url, { check: server.check, delay: () => 0 });
    assert.deepEqual(await kind(socket, "ended"), { kind: "ended", code, reason: "because" });
  });
}

Deno.test("Socket comes back after 4401 when the page is still signed in", async () => {
  let accepted = 0;
  await using server = serve((socket) => {
    socket.onopen = () => ++accepted === 1 && socket.close(4401, "The session has ended.");
  });
  const kinds: string[] = [];
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  const stop = socket.watch((now) => kinds.push(now.kind));
  await kind(socket, "waiting");
  await kind(socket, "live");
  stop();
  assert.equal(accepted, 2);
  assert.ok(!kinds.includes("ended"), kinds.join());
  socket.close();
});

Deno.test("Socket ends after 4401, with the server's words, when the page is signed out too", async () => {
  let accepted = 0;
  await using server = serve((socket) => {
    accepted++;
    socket.onopen = () => socket.close(4401, "The session has ended.");
  }, () => accepted === 0 ? 101 : 401);
  const socket = new Socket(server.url, { check: server.check, delay: () => 3_600_000 });
  assert.deepEqual(await kind(socket, "ended"), {
    kind: "ended",
    code: 4401,
    reason: "The session has ended.",
  });
});

Deno.test("Socket learns from a plain request why its upgrade was refused", async () => {
  for (const [status, code] of [[401, 4401], [403, 4403], [404, 4404]] as const) {
    await using server = serve(() => {}, () => status);
    const socket = new Socket(server.url, { check: server.check, delay: () => 10 });
    const over = await kind(socket, "ended");
    assert.equal(over.kind === "ended" && over.code, code);
  }
});

Deno.test("Socket keeps trying while the server answers with 503", async () => {
  let tries = 0;
  await using server = serve(() => {}, () => ++tries > 6 ? 101 : 503);
  const socket = new Socket(server.url, { check: server.check, delay: () => 1 });
  await kind(socket, "live");
  assert.ok(tries > 6);
  socket.close();
});

Deno.test("Socket drops a connection that stays silent and opens another", async () => {
  let accepted = 0;
  await using server = serve((socket) => {
    // The first connection never says a word, not even to a heartbeat.
    if (++accepted > 1) socket.onmessage = ({ data }) => socket.send(data);
  });
  const options = { check: server.check, delay: () => 1, heartbeat: 20 };
  const socket = new Socket(server.url, options);
  await kind(socket, "waiting");
  await kind(socket, "live");
  assert.equal(accepted, 2);
  socket.close();
});

Deno.test("Socket finds out soon that its connection went with the network, and keeps one that did not", async () => {
  const open = Promise.withResolvers<void>();
  let answers = true;
  await using server = serve((socket) => {
    socket.onmessage = () => {
      if (answers) socket.send(JSON.stringify({ type: "heartbeat", timestamp: "", data: {} }));
    };
    open.resolve();
  });
  const socket = new Socket(server.url, { check: server.check, delay: () => 3_600_000 });
  await open.promise;
  await kind(socket, "live");
  const answered = new Promise<void>((resolve) => socket.listen(() => resolve()));
  dispatchEvent(new Event("offline"));
  await answered;
  assert.equal(socket.link.kind, "live");
  answers = false;
  dispatchEvent(new Event("offline"));
  await kind(socket, "waiting");
  socket.close();
});

Deno.test("Socket that has just heard something asks nothing when its page is used", async () => {
  const received: string[] = [];
  const all = Promise.withResolvers<void>();
  await using server = serve((socket) => {
    // The server's own beat: within a second of it a heartbeat is taken for the answer, and not answered.
    socket.onopen = () =>
      socket.send(JSON.stringify({ type: "heartbeat", timestamp: "", data: {} }));
    socket.onmessage = ({ data }) => {
      received.push(JSON.parse(data).type);
      if (received.at(-1) === "takeover") all.resolve();
    };
  });
  const socket = new Socket(server.url, { check: server.check });
  socket.listen(() => {
    dispatchEvent(new Event("focus"));
    socket.send({ type: "takeover", data: {} });
  });
  await all.promise;
  assert.deepEqual(received, ["takeover"]);
  socket.close();
});

Deno.test("Socket that is closed while its address is looked for opens nothing", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  let accepted = 0;
  await using server = serve((socket) => {
    accepted++;
    socket.onopen = () => socket.close(1001);
  });
  const socket = new Socket(() => promise, { check: server.check });
  socket.close();
  resolve(server.url);
  // Another one has the time that the first would take.
  const other = new Socket(server.url, { check: server.check, delay: () => 3_600_000 });
  await kind(other, "waiting");
  other.close();
  assert.equal(accepted, 1);
});

Deno.test("Socket looks for its address anew when its page is used meanwhile, and opens once", async () => {
  let accepted = 0;
  await using server = serve(() => accepted++);
  const addresses: ((url: string) => void)[] = [];
  const address = () => new Promise<string>((resolve) => addresses.push(resolve));
  const socket = new Socket(address, { check: server.check });
  dispatchEvent(new Event("focus"));
  for (const found of addresses) found(server.url);
  await kind(socket, "live");
  assert.deepEqual([addresses.length, accepted], [2, 1]);
  socket.close();
});
