import assert from "node:assert/strict";
import { Opcode } from "@/tests/harness/raw_socket.ts";
import { within } from "@/tests/harness/wait.ts";
import { SocketFixture } from "@/tests/services/socket_fixture.ts";
import { invalid } from "./message.ts";
import type { ClientSocket } from "./socket.ts";

const data = (payload: Uint8Array) => JSON.parse(new TextDecoder().decode(payload)).data;

Deno.test("ClientSocket hands binary messages to a handler that takes them, and sends bytes", async () => {
  await using fixture = await SocketFixture.start({
    binary(bytes, socket) {
      if (bytes.length === 0) throw invalid("There is nothing in it.");
      socket.sendBytes(bytes.toReversed());
    },
  });
  using socket = await fixture.open();
  const bytes = Uint8Array.from({ length: 64 * 1024 }, (_, index) => index * 7);
  await socket.send(Opcode.binary, bytes);
  const frame = await socket.next();
  assert.equal(frame?.opcode, Opcode.binary);
  assert.deepEqual(frame.payload, bytes.toReversed());
  await socket.send(Opcode.binary, "");
  assert.deepEqual(data((await socket.next())!.payload), {
    code: "INVALID_MESSAGE",
    message: "There is nothing in it.",
  });
});

Deno.test("ClientSocket hands messages over in the order in which they came", async () => {
  const seen: number[] = [];
  const all = Promise.withResolvers<void>();
  await using fixture = await SocketFixture.start({
    binary(bytes) {
      seen.push(bytes[0]!);
      if (seen.length === 90) all.resolve();
    },
  });
  using socket = await fixture.open();
  for (let n = 0; n < 90; n++) await socket.send(Opcode.binary, Uint8Array.of(n));
  await all.promise;
  assert.deepEqual(seen, Array.from({ length: 90 }, (_, index) => index));
});

Deno.test("ClientSocket tells its handler of a role that changed, before the next message", async () => {
  const roles: string[] = [];
  await using fixture = await SocketFixture.start({
    binary: (_, socket) => socket.push("role", socket.session.user.role),
    sessionChanged: (socket) => void roles.push(String(socket.session.user.role)),
  });
  using socket = await fixture.open();
  await socket.send(Opcode.binary, "x");
  assert.equal(data((await socket.next())!.payload), "viewer");
  fixture.changeRole("operator");
  await socket.send(Opcode.binary, "x");
  assert.equal(data((await socket.next())!.payload), "operator");
  assert.deepEqual(roles, ["operator"]);
});

Deno.test("ClientSocket closes with 4403 when its user may not have it any more", async () => {
  let handled = 0;
  await using fixture = await SocketFixture.start({
    binary: () => void handled++,
    sessionChanged: () => void handled++,
  }, ({ user }) => user.role !== "viewer");
  fixture.changeRole("operator");
  using socket = await fixture.open();
  fixture.changeRole("viewer");
  await socket.send(Opcode.binary, "x");
  assert.deepEqual(await socket.end(), {
    code: 4403,
    reason: "The permission for this was withdrawn.",
  });
  assert.equal(handled, 0);
});

Deno.test("ClientSocket cuts a reason that does not fit into a close frame", async () => {
  await using fixture = await SocketFixture.start({
    binary: (_, socket) => socket.close(4404, `VM "${"ü".repeat(200)}" is gone.`),
  });
  using socket = await fixture.open();
  await socket.send(Opcode.binary, "x");
  const end = await socket.end();
  assert.equal(end?.code, 4404);
  assert.match(end.reason, /^VM "ü{58}…$/);
});

Deno.test("ClientSocket closes with a reason though its client goes on sending for a while", async () => {
  await using fixture = await SocketFixture.start({
    binary: (_, socket) => socket.close(4403, "No more."),
  });
  using socket = await fixture.open();
  for (let n = 0; n < 50; n++) await socket.send(Opcode.binary, "x");
  assert.deepEqual(await socket.end(), { code: 4403, reason: "No more." });
});

Deno.test("ClientSocket lets go of a client that never agrees to an end, and knows it is there still", async () => {
  const { promise, resolve } = Promise.withResolvers<ClientSocket>();
  let gone = false;
  await using fixture = await SocketFixture.start({
    opened(socket) {
      void socket.gone.then(() => gone = true);
      socket.close(4404, "Gone.");
      resolve(socket);
    },
  });
  const socket = await fixture.open();
  const client = await promise;
  assert.deepEqual(await socket.end(), { code: 4404, reason: "Gone." });
  await within(5_000, "the end", client.closed);
  assert.equal(gone, false);
  socket[Symbol.dispose]();
  await within(5_000, "the connection to go", client.gone);
});

Deno.test("ClientSocket says what waits for a client that does not read, and ends it at 4 MiB", async () => {
  const ended = Promise.withResolvers<void>();
  const waiting: number[] = [];
  await using fixture = await SocketFixture.start({
    opened(socket) {
      const piece = new Uint8Array(256 * 1024);
      const timer = setInterval(() => {
        socket.sendBytes(piece);
        waiting.push(socket.buffered);
      }, 1);
      socket.closed.then(() => {
        clearInterval(timer);
        ended.resolve();
      });
    },
  });
  using _socket = await fixture.open();
  await ended.promise;
  const most = Math.max(...waiting);
  assert.ok(most > 4 * 2 ** 20 && most < 5 * 2 ** 20, `${most} bytes waited`);
});
