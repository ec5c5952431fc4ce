import assert from "node:assert/strict";
import { CONSOLE_PROTOCOL, INPUT_WINDOW } from "@/protocol/mod.ts";
import { within } from "@/tests/harness/wait.ts";
import {
  BINARY,
  ConsoleClient,
  type ConsoleSink,
  type ConsoleState,
} from "@/islands/hooks/console_client.ts";

/** Bytes that tell their own offset, so that one lost or doubled shows. */
const bytes = (from: number, to: number) =>
  Uint8Array.from({ length: to - from }, (_, index) => tell(from + index));
const tell = (offset: number) => (offset * 7 + (offset >> 8)) & 255;

/** As deepEqual, which takes minutes to describe how two long arrays differ. */
function assertBytes(actual: number[], expected: Uint8Array): void {
  const length = Math.max(actual.length, expected.length);
  for (let at = 0; at < length; at++) {
    if (actual[at] !== expected[at]) assert.fail(`byte ${at} of ${length} is ${actual[at]}`);
  }
}

/** A console server on a free port, with one guest that this test plays. */
class Guest implements AsyncDisposable {
  /** Input as it arrived, of all connections. */
  readonly typed: number[] = [];
  /** What each connection asked for. */
  readonly asked: string[] = [];
  readonly messages: string[] = [];
  /** Messages of input. */
  inputs = 0;
  readOnly = false;
  /** Offset of the oldest byte that is still known. */
  start = 0;
  /** Answers that a stream began so many bytes before what was asked for. */
  repeat = 0;
  stream = "s1";
  /** Sends no bytes by itself: the test does. */
  slow = false;
  #written = new Uint8Array();
  #socket: WebSocket | null = null;
  #changed: (() => void) | undefined;
  readonly #server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    if (request.headers.get("upgrade") !== "websocket") return new Response("ok");
    return this.#accept(request);
  });

  get address(): string {
    return `ws://127.0.0.1:${this.#server.addr.port}/ws`;
  }

  get options() {
    return { check: this.address.replace("ws", "http"), delay: () => 1 };
  }

  write(written: Uint8Array): void {
    const all = new Uint8Array(this.#written.length + written.length);
    all.set(this.#written);
    all.set(written, this.#written.length);
    this.#written = all;
    if (!this.slow && this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(written.slice());
    }
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    this.#socket?.send(bytes);
  }

  say(type: string, data: unknown): void {
    this.#socket?.send(JSON.stringify({ type, timestamp: "", data }));
  }

  /** The guest's end closes, and a new stream begins. */
  restart(stream: string): void {
    this.say("eof", { reason: "stopped" });
    this.begin(stream);
    this.attach();
  }

  /** A new stream without a word to whoever is there. */
  begin(stream: string): void {
    this.stream = stream;
    this.#written = new Uint8Array();
    this.start = 0;
  }

  drop(): void {
    this.#socket?.close(1001);
  }

  /** Returns when `wanted` holds, looked at whenever the client said something. */
  async until(wanted: () => boolean): Promise<void> {
    while (!wanted()) {
      const changed = new Promise<void>((resolve) => this.#changed = resolve);
      await within(10_000, "the client to say something", changed);
    }
  }

  #accept(request: Request): Response {
    const { searchParams, search } = new URL(request.url);
    assert.equal(request.headers.get("sec-websocket-protocol"), CONSOLE_PROTOCOL);
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: CONSOLE_PROTOCOL });
    socket.binaryType = "arraybuffer";
    this.asked.push(search);
    socket.onopen = () => {
      this.#socket = socket;
      const same = searchParams.get("stream") === this.stream;
      this.attach(same ? Number(searchParams.get("offset")) - this.repeat : this.start);
      this.#changed?.();
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.messages.push(JSON.parse(data).type);
      else {
        this.inputs++;
        this.typed.push(...new Uint8Array(data));
      }
      this.#changed?.();
    };
    return response;
  }

  /** Says that a stream begins, as far as it is known from `offset` on. */
  attach(offset = 0): void {
    const from = Math.max(offset, this.start);
    this.say("attached", {
      streamId: this.stream,
      offset,
      size: this.#written.length - from,
      readOnly: this.readOnly,
      viewerId: "v1",
      recording: false,
      viewers: [],
      responder: "v1",
    });
    if (from > offset) this.say("gap", { from: offset, to: from });
    if (from < this.#written.length && !this.slow) this.#socket?.send(this.#written.slice(from));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** Keeps what it is told: bytes apart, the rest in words. */
class Told implements ConsoleSink {
  readonly bytes: number[] = [];
  readonly words: string[] = [];
  past = 0;
  attached = (arrival: string) => void this.words.push(arrival);
  gap = (count: number) => void this.words.push(`gap ${count}`);
  eof = (reason: string) => void this.words.push(`eof ${reason}`);
  write = (written: Uint8Array, past: boolean) => {
    this.bytes.push(...written);
    if (past) this.past += written.length;
  };
}

/** Resolves with the first state for which `wanted` holds. */
function state(client: ConsoleClient, wanted: (state: ConsoleState) => boolean) {
  const { promise, resolve } = Promise.withResolvers<ConsoleState>();
  const stop = client.watch((now) => wanted(now) && resolve(now));
  return within(10_000, "a state of the client", promise).finally(stop);
}
const line = (client: ConsoleClient, kind: string) =>
  state(client, ({ line }) => line.kind === kind);

/** Resolves when the sink has `count` bytes. */
async function written(told: Told, count: number): Promise<void> {
  if (told.bytes.length >= count) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const write = told.write;
  told.write = (more, past) => {
    write(more, past);
    if (told.bytes.length >= count) resolve();
  };
  await within(10_000, `${count} bytes of the guest`, promise);
  told.write = write;
}

/** What is typed after a paste that was stopped arrives, and nothing else. */
async function typedAlone(guest: Guest, client: ConsoleClient): Promise<void> {
  const before = guest.typed.length;
  assert.equal(client.type(Uint8Array.of(13)), true);
  await guest.until(() => guest.typed.length > before);
  assert.deepEqual(guest.typed.slice(before), [13]);
}

Deno.test("ConsoleClient speaks the protocol's name", () => {
  assert.equal(BINARY, CONSOLE_PROTOCOL);
});

Deno.test("ConsoleClient loses and doubles no byte over twenty losses", async () => {
  await using guest = new Guest();
  const told = new Told();
  const client = new ConsoleClient(guest.address, told, guest.options);
  await line(client, "open");
  let at = 0;
  const speak = (count: number) => guest.write(bytes(at, at += count));
  for (let loss = 1; loss <= 20; loss++) {
    speak(1000 * loss);
    if (loss % 3 === 0) await written(told, at);
    // In flight, or not sent at all, when the connection goes.
    speak(17);
    guest.drop();
    speak(500);
    await guest.until(() => guest.asked.length > loss);
  }
  await written(told, at);
  assertBytes(told.bytes, bytes(0, at));
  assert.deepEqual([...new Set(told.words)], ["first", "resumed"]);
  assert.match(guest.asked.at(-1)!, /^\?stream=s1&offset=\d+$/);
  client.close();
});

Deno.test("ConsoleClient leaves out what a server sends again", async () => {
  await using guest = new Guest();
  const told = new Told();
  guest.write(bytes(0, 3000));
  const client = new ConsoleClient(guest.address, told, guest.options);
  await written(told, 3000);
  guest.repeat = 1234;
  guest.drop();
  await guest.until(() => guest.asked.length === 2);
  guest.write(bytes(3000, 3100));
  await written(told, 3100);
  assertBytes(told.bytes, bytes(0, 3100));
  client.close();
});

Deno.test("ConsoleClient tells a gap with exactly what is missing", async () => {
  await using guest = new Guest();
  const told = new Told();
  guest.write(bytes(0, 100));
  const client = new ConsoleClient(guest.address, told, guest.options);
  await written(told, 100);
  guest.drop();
  guest.write(bytes(100, 900));
  guest.start = 850;
  await written(told, 150);
  assert.deepEqual(told.words, ["first", "resumed", "gap 750"]);
  assertBytes(told.bytes.slice(100), bytes(850, 900));

  guest.say("gap", { from: 900, to: 1000 });
  guest.write(bytes(1000, 1001));
  await written(told, 151);
  assert.equal(told.words.at(-1), "gap 100");
  client.close();
});

Deno.test("ConsoleClient tells apart what was written before, and what is written now", async () => {
  await using guest = new Guest();
  const told = new Told();
  guest.write(bytes(0, 50));
  const client = new ConsoleClient(guest.address, told, guest.options);
  await written(told, 50);
  guest.write(bytes(50, 60));
  await written(told, 60);
  assert.equal(told.past, 50);
  guest.drop();
  guest.write(bytes(60, 65));
  await guest.until(() => guest.asked.length === 2);
  guest.write(bytes(65, 70));
  await written(told, 70);
  assert.equal(told.past, 55);
  client.close();
});

Deno.test("ConsoleClient follows a guest that starts again, and says so once", async () => {
  await using guest = new Guest();
  const told = new Told();
  guest.write(bytes(0, 10));
  const client = new ConsoleClient(guest.address, told, guest.options);
  await written(told, 10);
  guest.restart("s2");
  guest.write(bytes(0, 5));
  await written(told, 15);
  assert.deepEqual(told.words, ["first", "eof stopped", "next"]);

  // The server forgets s2 without an end: what it said meanwhile is not known.
  guest.begin("s3");
  guest.drop();
  await guest.until(() => guest.asked.length === 2);
  guest.write(bytes(0, 1));
  await written(told, 16);
  assert.equal(told.words.at(-1), "anew");
  client.close();
});

Deno.test("ConsoleClient sends input in order, at most a window ahead of the guest", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  const pasted = bytes(0, 300_000);
  assert.equal(client.type(pasted), true);
  assert.equal(client.type(bytes(300_000, 300_001)), true);
  await guest.until(() => guest.typed.length === INPUT_WINDOW);
  assert.equal(client.state.waiting, 300_001 - INPUT_WINDOW);
  for (let taken = 0; taken < 300_001;) {
    taken = guest.typed.length;
    guest.say("input", { taken });
    await guest.until(() => guest.typed.length >= Math.min(300_001, taken + INPUT_WINDOW));
  }
  assertBytes(guest.typed, bytes(0, 300_001));
  await state(client, ({ waiting }) => waiting === 0);
  client.close();
});

Deno.test("ConsoleClient sends together what is typed in a hurry", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  for (let key = 0; key < 1000; key++) client.type(bytes(key, key + 1));
  await guest.until(() => guest.typed.length === 1000);
  assertBytes(guest.typed, bytes(0, 1000));
  assert.equal(guest.inputs, 2);
  assert.equal(client.state.waiting, 0, "it waited for the next message, not for the guest");
  client.close();
});

Deno.test("ConsoleClient forgets waiting input on request", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  client.type(bytes(0, INPUT_WINDOW + 10));
  await guest.until(() => guest.typed.length === INPUT_WINDOW);
  assert.equal(client.state.waiting, 10);
  client.discardInput();
  assert.equal(client.state.waiting, 0);
  guest.say("input", { taken: INPUT_WINDOW });
  client.type(Uint8Array.of(9));
  await guest.until(() => guest.typed.length > INPUT_WINDOW);
  assert.deepEqual(guest.typed.slice(INPUT_WINDOW), [9]);
  client.close();
});

Deno.test("ConsoleClient tells of a key that was lost with the connection, unless something answered it", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  for (const answered of [true, false]) {
    await line(client, "open");
    client.type(bytes(0, 3));
    const typed = answered ? 3 : 6;
    await guest.until(() => guest.typed.length === typed);
    if (answered) {
      guest.say("heartbeat", {});
      guest.say("resize_hint", { columns: 81, rows: 24 });
      await state(client, ({ size }) => size?.columns === 81);
    }
    guest.drop();
    await state(client, ({ link }) => link.kind !== "live");
    assert.equal(
      client.state.trouble,
      answered
        ? null
        : "The connection was lost while input was on its way: 3 bytes may not have arrived.",
    );
  }
  client.close();
});

Deno.test("ConsoleClient does not go on with input that has a hole after a loss", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  client.type(bytes(0, INPUT_WINDOW + 10));
  await guest.until(() => guest.typed.length === INPUT_WINDOW);
  guest.drop();
  const { trouble } = await state(client, ({ trouble }) => trouble !== null);
  assert.match(trouble!, /10 bytes were not sent, and the 65536 before them may not/);
  await line(client, "open");
  assert.equal(client.type(Uint8Array.of(13)), true);
  await guest.until(() => guest.typed.length > INPUT_WINDOW);
  assert.deepEqual(guest.typed.slice(INPUT_WINDOW), [13]);
  client.close();
});

for (
  const code of ["CONSOLE_STALLED", "FORBIDDEN", "RATE_LIMITED", "AUDIT_UNAVAILABLE", "INTERNAL"]
) {
  Deno.test(`ConsoleClient stops a paste that is refused with ${code}, and says so`, async () => {
    await using guest = new Guest();
    const client = new ConsoleClient(guest.address, new Told(), guest.options);
    await line(client, "open");
    client.type(bytes(0, INPUT_WINDOW + 10));
    await guest.until(() => guest.typed.length === INPUT_WINDOW);
    guest.say("error", { code, message: "No." });
    guest.say("error", { code, message: "No again." });
    const { trouble } = await state(client, ({ waiting }) => waiting === 0);
    assert.equal(
      trouble,
      "No. Of what was typed 10 bytes were not sent, and the 65536 before them may not have arrived.",
    );
    await typedAlone(guest, client);
    assert.equal(client.state.trouble, trouble, "the second refusal is no news");
    guest.say("error", { code, message: "No to 13." });
    await state(client, ({ trouble }) => trouble === "No to 13.");
    client.close();
  });
}

Deno.test("ConsoleClient goes on with a paste while a new token is refused", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  client.type(bytes(0, INPUT_WINDOW + 10));
  await guest.until(() => guest.typed.length === INPUT_WINDOW);
  guest.say("error", { code: "UNAUTHENTICATED", message: "No good token." });
  await state(client, ({ trouble }) => trouble === "No good token.");
  guest.say("input", { taken: INPUT_WINDOW });
  await guest.until(() => guest.typed.length === INPUT_WINDOW + 10);
  assertBytes(guest.typed, bytes(0, INPUT_WINDOW + 10));
  client.close();
});

Deno.test("ConsoleClient stops a paste when its person may only read from now on", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  client.type(bytes(0, INPUT_WINDOW + 10));
  await guest.until(() => guest.typed.length === INPUT_WINDOW);
  const presence = (readOnly: boolean) => {
    const viewers = [{ id: "v1", user: "u", readOnly, since: "" }];
    guest.say("presence", { recording: false, viewers, responder: readOnly ? null : "v1" });
  };
  presence(true);
  const { trouble } = await state(client, ({ waiting }) => waiting === 0);
  assert.match(trouble ?? "", /only read.* 10 bytes were not sent/);
  guest.say("input", { taken: 1 });
  presence(false);
  await state(client, ({ readOnly }) => !readOnly);
  await typedAlone(guest, client);
  client.close();
});

Deno.test("ConsoleClient stops a paste when another stream is only to be read", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  client.type(bytes(0, INPUT_WINDOW + 10));
  await guest.until(() => guest.typed.length === INPUT_WINDOW);
  guest.readOnly = true;
  guest.begin("s2");
  guest.attach();
  await state(client, ({ trouble }) => /only read.* 10 bytes were not sent/.test(trouble ?? ""));
  assert.equal(client.state.waiting, 0);
  client.close();
});

Deno.test("ConsoleClient stops a paste whose console is refused or ends", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  client.type(bytes(0, INPUT_WINDOW + 10));
  await guest.until(() => guest.typed.length === INPUT_WINDOW);
  guest.say("error", { code: "CONSOLE_UNAVAILABLE", message: "Gone." });
  await state(client, ({ trouble }) => /^Gone\. .* 10 bytes were not sent/.test(trouble ?? ""));
  guest.begin("s2");
  guest.attach();
  await line(client, "open");
  client.type(bytes(0, INPUT_WINDOW + 20));
  await guest.until(() => guest.typed.length === 2 * INPUT_WINDOW);
  guest.say("eof", { reason: "stopped" });
  await state(client, ({ trouble }) => /closed\. .* 20 bytes were not sent/.test(trouble ?? ""));
  client.close();
});

Deno.test("ConsoleClient counts a gap told while it catches up as old bytes that do not come", async () => {
  await using guest = new Guest();
  const told = new Told();
  const client = new ConsoleClient(guest.address, told, guest.options);
  await line(client, "open");
  guest.begin("s2");
  guest.slow = true;
  guest.write(bytes(0, 100));
  guest.start = 20;
  guest.attach();
  // Of 80 old bytes 10 come; 50 are forgotten then; 20 come, and after them 5 that are new.
  guest.send(bytes(20, 30));
  guest.say("gap", { from: 30, to: 80 });
  guest.send(bytes(80, 100));
  guest.send(bytes(100, 105));
  await written(told, 35);
  assert.equal(told.past, 30);
  assert.deepEqual(told.words, ["first", "anew", "gap 20", "gap 50"]);
  client.close();
});

Deno.test("ConsoleClient types nothing where it may only read, or where nobody listens", async () => {
  await using guest = new Guest();
  guest.readOnly = true;
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  assert.equal(client.type(Uint8Array.of(1)), false, "not connected yet");
  await line(client, "open");
  assert.equal(client.type(Uint8Array.of(1)), false, "read-only");
  guest.say("eof", { reason: "taken" });
  const closed = await line(client, "closed");
  assert.deepEqual(closed.line, { kind: "closed", reason: "taken" });
  client.close();
});

Deno.test("ConsoleClient says why a console is refused, takes it over and shares its size", async () => {
  await using guest = new Guest();
  const client = new ConsoleClient(guest.address, new Told(), guest.options);
  await line(client, "open");
  guest.say("error", { code: "CONSOLE_BUSY", message: "virsh has it" });
  const refused = await line(client, "refused");
  assert.deepEqual(refused.line, {
    kind: "refused",
    code: "CONSOLE_BUSY",
    message: "virsh has it",
  });
  assert.equal(client.takeover(), true);
  assert.equal(client.resizeHint(80, 24), true);
  await guest.until(() => guest.messages.length === 2);
  assert.deepEqual(guest.messages, ["takeover", "resize_hint"]);

  guest.say("presence", { recording: true, viewers: [], responder: "v2" });
  guest.say("resize_hint", { columns: 120, rows: 30 });
  const { recording } = await state(client, ({ size }) => size?.columns === 120);
  assert.equal(recording, true);
  assert.equal(client.resizeHint(80, 24), false, "somebody else answers the guest");
  client.close();
});
