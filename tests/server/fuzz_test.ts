/**
 * Frames and requests that nobody in their right mind sends, against a real server: it must not crash,
 * not reject without a handler, not fail inside, and not grow. VIRTGLASS_FUZZ says how many.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { residentMemory } from "@/tests/harness/process.ts";
import { RawSocket } from "@/tests/harness/raw_socket.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { frame, frameBytes, type RawRequest, request } from "./fuzz_cases.ts";

const CASES = Number(Deno.env.get("VIRTGLASS_FUZZ") ?? 4_000);
/** Frames of one connection, and requests under way at once. */
const TOGETHER = 50;
/** Milliseconds that an answer may take. */
const PATIENCE = 400;
/** Milliseconds after which one signs in anew: an access token lasts twice as long. */
const SIGNED_IN = 300_000;
/** Bytes by which memory may grow over the whole run. */
const GROWTH = 192 * 1024 ** 2;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

Deno.test(`${CASES} fuzzed frames and requests crash nothing`, async (t) => {
  const args = [
    ...["--limits-requests", "1000000", "--limits-messages", "1000000"],
    ...["--limits-messages-per-user", "1000000", "--limits-commands", "1000000"],
  ];
  await using server = await Server.start({ connect: "test:///default", args });
  let other = await server.socket("/ws/events");
  let since = performance.now();
  const answers = async () => {
    await other.answers();
    if (performance.now() - since < SIGNED_IN) return;
    since = performance.now();
    server.token = (await server.login(ADMIN.username, ADMIN.password)).token;
    other.close();
    other = await server.socket("/ws/events");
  };
  await answers();
  const before = await residentMemory(server.pid);
  const runs = { numRuns: Math.ceil(CASES / 2 / TOGETHER), endOnFailure: true };

  await t.step("frames", async () => {
    const url = server.url.replace("http", "ws");
    const where = fc.constantFrom("/ws/events", "/ws/vms/test", "/ws/vms/test/console");
    const frames = fc.array(frame, { minLength: TOGETHER, maxLength: TOGETHER });
    await fc.assert(
      fc.asyncProperty(where, frames, async (path, frames) => {
        using socket = await RawSocket.open(`${url}${path}?token=${server.token}`);
        for (const frame of frames) {
          // The server may end it at any of them, as it should.
          if (await socket.write(frameBytes(frame)).then(() => false, () => true)) break;
        }
        await answers();
      }),
      runs,
    );
  });

  let answered = 0;
  await t.step("requests", async () => {
    const requests = fc.array(request, { minLength: TOGETHER, maxLength: TOGETHER });
    await fc.assert(
      fc.asyncProperty(requests, async (requests) => {
        const statuses = await Promise.all(requests.map((request) => ask(server, request)));
        statuses.forEach((status, index) => {
          if (status !== null) answered++;
          assert.notEqual(status, 500, JSON.stringify(requests[index]));
        });
        await answers();
      }),
      runs,
    );
  });

  await t.step("no fault is in the log, and memory has an end", async () => {
    assert.ok(answered > CASES / 4, `only ${answered} requests were answered`);
    const faults = server.logs.filter(({ level, message }) =>
      level === undefined || level === "ERROR" || /Uncaught|panicked/.test(message ?? "")
    );
    assert.deepEqual(faults, []);
    const grown = await residentMemory(server.pid) - before;
    assert.ok(grown < GROWTH, `memory grew by ${grown} bytes`);
    assert.equal((await server.fetch("/api/v1/vms")).status, 200);
    other.close();
  });
});

/** The status of the answer; null when there was none, since the server hung up or waits for more. */
async function ask(server: Server, request: RawRequest): Promise<number | null> {
  const { hostname, port } = new URL(server.url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  try {
    await write(connection, bytesOf(server, request));
    const answer = new Uint8Array(512);
    // Half of a request gets no answer, and its sender is not who it waits for longest.
    const patience = setTimeout(() => connection.close(), PATIENCE);
    const count = await connection.read(answer).finally(() => clearTimeout(patience));
    if (count === null) return null;
    const [, status] = /^HTTP\/1\.[01] (\d{3}) /.exec(decoder.decode(answer.subarray(0, count)))!;
    return Number(status);
  } catch (error) {
    if (ENDS.some((type) => error instanceof type)) return null;
    throw new Error(JSON.stringify(request), { cause: error });
  } finally {
    close(connection);
  }
}

/** How a connection ends before its answer. */
const ENDS = [
  Deno.errors.ConnectionReset,
  Deno.errors.BrokenPipe,
  Deno.errors.BadResource,
  Deno.errors.Interrupted,
];

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

function bytesOf(server: Server, { method, target, headers, signedIn, body }: RawRequest) {
  const named = (wanted: string) => headers.some(([name]) => name === wanted);
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(named("Host") ? [] : [`Host: ${new URL(server.url).host}`]),
    ...(signedIn ? [`Authorization: Bearer ${server.token}`] : []),
    ...(body.length === 0 || named("Content-Length") ? [] : [`Content-Length: ${body.length}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const head = encoder.encode(`${lines.join("\r\n")}\r\n\r\n`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

async function write(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}
