/** Clients that do not get on, or send without an end, against a real server. */
import assert from "node:assert/strict";
import { residentMemory } from "@/tests/harness/process.ts";
import { Opcode, RawSocket } from "@/tests/harness/raw_socket.ts";
import { Server } from "@/tests/harness/server.ts";
import { eventually, within } from "@/tests/harness/wait.ts";

const MIB = 1024 * 1024;
/** What comes over loopback between two looks at the memory, and the largest frame that Deno takes. */
const GROWTH = 192 * MIB;

/** A connection on which this text is sent, and nothing more. */
async function connect({ url }: Server, text = ""): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  if (text !== "") await connection.write(new TextEncoder().encode(text));
  return connection;
}

/** Resolves when the other end has ended the connection. */
async function ended(connection: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(4096);
  while (await connection.read(buffer).catch(() => null) !== null);
}

Deno.test("who never finishes a request is cut off after 10 s", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const { host } = new URL(server.url);
  const beginnings = {
    "nothing at all": "",
    "half a request line": "GET /log",
    "half a header": "GET / HTTP/1.1\r\nHo",
    "all but the last line": `GET / HTTP/1.1\r\nHost: ${host}\r\n`,
    "half a handshake of TLS": "\x16\x03\x01\x02\x00\x01\x00",
    "half a preface of HTTP/2": "PRI * HTTP/2.0\r\n",
  };
  const clients: Record<string, () => Promise<void>> = {
    ...Object.fromEntries(
      Object.entries(beginnings).map(([what, text]) => [what, async () => {
        using connection = await connect(server, text);
        await within(15_000, `${what} to be cut off`, ended(connection));
      }]),
    ),
    "a byte now and then": async () => {
      using connection = await connect(server, "GET / HTTP/1.1\r\n");
      const drip = setInterval(() => {
        connection.write(new TextEncoder().encode("x")).catch(() => {});
      }, 500);
      try {
        await within(15_000, "the drip to be cut off", ended(connection));
      } finally {
        clearInterval(drip);
      }
    },
    "half a handshake with a server of TLS": async () => {
      await using secure = await Server.start({
        connect: "test:///default",
        args: ["--tls", "on"],
      });
      using connection = await connect(secure, "\x16\x03\x01\x02\x00\x01\x00");
      await within(15_000, "it to be cut off", ended(connection));
    },
    "a socket that does get on stays": async () => {
      using socket = await server.socket("/ws/events");
      using silent = await connect(server);
      await within(15_000, "the silent one to be cut off", ended(silent));
      await socket.answers();
    },
  };
  // Side by side, since each of them waits for ten seconds.
  const ends = Object.entries(clients).map(([what, client]) => [what, client()] as const);
  await Promise.allSettled(ends.map(([, end]) => end));
  for (const [what, end] of ends) await t.step(what, () => end);
});

Deno.test("one address has so many connections, and the oldest of them stay", async () => {
  const args = ["--limits-connections-per-address", "20"];
  await using server = await Server.start({ connect: "test:///default", args });
  using socket = await server.socket("/ws/events");
  const connections = await Promise.all(Array.from({ length: 60 }, () => connect(server)));
  try {
    let cut = 0;
    for (const connection of connections) void ended(connection).then(() => cut++);
    await eventually(() => cut >= 40, { for: "40 of them to be cut off", deadline: 8_000 });
    await socket.answers();
    assert.equal((await server.fetch("/healthz")).status, 200);
  } finally {
    for (const connection of connections) connection.close();
  }
});

Deno.test("a message without an end ends its socket, and takes no memory", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  using other = await server.socket("/ws/vms/test");
  const url = `${server.url.replace("http", "ws")}/ws/events?token=${server.token}`;
  const piece = new Uint8Array(32 * 1024).fill(97);

  /** Sends until the server ends it; returns how many bytes it took and how memory grew. */
  const flood = async (send: (socket: RawSocket) => Promise<void>) => {
    const before = await residentMemory(server.pid);
    using socket = await RawSocket.open(url);
    // Who reads no answers is stopped by that alone.
    const reading = (async () => {
      while (await socket.next(30_000)) continue;
    })().catch(() => {});
    let most = 0;
    const watch = setInterval(async () => {
      most = Math.max(most, await residentMemory(server.pid) - before);
    }, 25);
    try {
      const sending = (async () => {
        for (let sent = 1;; sent++) {
          await send(socket);
          // Deno reads on as long as there is something: see docs/SECURITY.md.
          if (sent % 8 === 0) assert.equal((await server.fetch("/healthz")).status, 200);
        }
      })();
      await within(20_000, "the socket to be cut off", assert.rejects(sending));
      await reading;
    } finally {
      clearInterval(watch);
    }
    assert.ok(most < GROWTH, `memory grew by ${(most / MIB).toFixed()} MiB`);
    await other.answers();
  };

  await t.step("in pieces of 32 KiB", async () => {
    let first = true;
    await flood(async (socket) => {
      await socket.send(first ? Opcode.binary : Opcode.more, piece, false);
      first = false;
    });
  });
  await t.step("in pieces of nothing", async () => {
    let first = true;
    const many = new Uint8Array(6 * 10_000);
    for (let at = 0; at < many.length; at += 6) many[at + 1] = 0x80;
    await flood(async (socket) => {
      if (first) await socket.send(Opcode.text, "", false);
      first = false;
      await socket.write(many);
    });
  });
  await t.step("in one frame of 60 MiB", async () => {
    let head: Uint8Array | null = Uint8Array.of(0x82, 0xff, 0, 0, 0, 0, 3, 192, 0, 0, 0, 0, 0, 0);
    await flood(async (socket) => {
      await socket.write(head ?? piece);
      head = null;
    });
  });
  await t.step("in a frame that claims to be larger than any memory", async () => {
    let head: Uint8Array | null = new Uint8Array(14).fill(0x7f, 2, 10);
    head.set([0x82, 0xff]);
    await flood(async (socket) => {
      await socket.write(head ?? piece);
      head = null;
    });
  });
  await t.step("and pings alone are no message either", async () => {
    await flood((socket) => socket.send(Opcode.ping, new Uint8Array(125)));
  });
  await t.step("a message in pieces that ends is one like others", async () => {
    using socket = await RawSocket.open(url);
    await socket.send(Opcode.text, '{"type":"heart', false);
    await socket.send(Opcode.ping, "");
    await socket.send(Opcode.more, 'beat","data":', false);
    await socket.send(Opcode.more, "{}}");
    for (;;) {
      const frame = await socket.next();
      assert.ok(frame, "the socket has ended");
      if (new TextDecoder().decode(frame.payload).includes('"heartbeat"')) break;
    }
  });
});
