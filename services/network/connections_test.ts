import assert from "node:assert/strict";
import { later } from "@/tests/harness/later.ts";
import { within } from "@/tests/harness/wait.ts";
import { Opcode, RawSocket } from "@/tests/harness/raw_socket.ts";
import { Connections, IDLE_TIME, MAX_UNTOLD } from "./connections.ts";
import { Proxies } from "./proxies.ts";

/** A server whose connections are looked after; `/slow` is answered when `finish` is called. */
class Fixture implements AsyncDisposable {
  readonly #connections = new Connections(new Proxies(), 1000);
  readonly #slow = Promise.withResolvers<void>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request, info) => {
        const connection = this.#connections.request(info);
        if (request.headers.has("upgrade")) {
          const { socket, response } = Deno.upgradeWebSocket(request);
          const upgraded = connection.upgraded();
          socket.onmessage = ({ data }) => {
            upgraded.heard();
            socket.send(data);
          };
          socket.onclose = () => upgraded[Symbol.dispose]();
          return response;
        }
        if (request.url.endsWith("/cut")) connection.cut();
        if (request.url.endsWith("/slow")) await this.#slow.promise;
        return new Response("done");
      },
    );
    this.#connections.at(this.port);
    this.#connections.watch();
  }

  get port(): number {
    return this.#server.addr.port;
  }

  finish(): void {
    this.#slow.resolve();
  }

  async ask(path: string): Promise<Deno.TcpConn> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
    const text = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    await connection.write(new TextEncoder().encode(text));
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#slow.resolve();
    this.#connections[Symbol.dispose]();
    await this.#server.shutdown();
  }
}

/** What the other end sends next; null when it has ended the connection. */
async function next(connection: Deno.Conn): Promise<string | null> {
  const buffer = new Uint8Array(1024);
  const count = await within(5_000, "the other end", connection.read(buffer).catch(() => null));
  return count === null ? null : new TextDecoder().decode(buffer.subarray(0, count));
}

Deno.test("Connections cuts one that is unused for a minute, and none that is at work", async () => {
  await using fixture = new Fixture();
  using idle = await fixture.ask("/");
  assert.match((await next(idle))!, /done$/);
  using slow = await fixture.ask("/slow");
  const socket = new WebSocket(`ws://127.0.0.1:${fixture.port}/`);
  await new Promise((resolve) => socket.onopen = resolve);
  // Half of the next request makes no difference.
  await idle.write(new TextEncoder().encode("GET / HT"));
  using _ = later(IDLE_TIME + 1);
  assert.equal(await next(idle), null);
  fixture.finish();
  assert.match((await next(slow))!, /done$/);
  const echo = new Promise((resolve) => socket.onmessage = ({ data }) => resolve(data));
  socket.send("still here");
  assert.equal(await within(5_000, "an echo", echo), "still here");
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
});

Deno.test("Connections cuts the one that it is told to, and no other", async () => {
  await using fixture = new Fixture();
  using other = await fixture.ask("/slow");
  using connection = await fixture.ask("/cut");
  assert.equal(await next(connection), null);
  fixture.finish();
  assert.match((await next(other))!, /done$/);
});

Deno.test("Connections asks hundreds of WebSockets in turn what they have received", async () => {
  await using fixture = new Fixture();
  using sockets = new DisposableStack();
  const open = async () => sockets.use(await RawSocket.open(`ws://127.0.0.1:${fixture.port}/`));
  await Promise.all(Array.from({ length: 400 }, open));
  const last = await open();
  const other = await open();
  // One that says nothing and sends on, and one that says as much.
  const ping = new Uint8Array(125);
  for (let sent = 0; sent <= MAX_UNTOLD; sent += ping.length) await last.send(Opcode.ping, ping);
  for (let sent = 0; sent <= MAX_UNTOLD; sent += 60_000) {
    await other.send(Opcode.binary, new Uint8Array(60_000));
  }
  assert.equal(await last.end(), null);
  await other.send(Opcode.text, "still here");
  for (;;) {
    const frame = await other.next();
    assert.ok(frame, "the other one has ended");
    if (new TextDecoder().decode(frame.payload) === "still here") break;
  }
});
