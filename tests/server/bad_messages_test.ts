import assert from "node:assert/strict";
import { Server } from "@/tests/harness/server.ts";
import { Opcode, RawSocket } from "@/tests/harness/raw_socket.ts";
import type { TestSocket } from "@/tests/harness/socket.ts";
import { within } from "@/tests/harness/wait.ts";

const MAX = 64 * 1024;

/** What no socket takes; a text, or bytes for a binary message. */
const EVERYWHERE: readonly (readonly [what: string, message: string | Uint8Array<ArrayBuffer>])[] =
  [
    ["an empty text", ""],
    ["blanks", " \n"],
    ["half of JSON", '{"type":"heartbeat"'],
    ["JSON with more behind it", '{"type":"heartbeat","data":{}}{}'],
    ["null", "null"],
    ["a number", "42"],
    ["a text", '"heartbeat"'],
    ["a list", "[]"],
    ["a list of messages", '[{"type":"heartbeat","data":{}}]'],
    ["no field", "{}"],
    ["no type", '{"data":{}}'],
    ["no data", '{"type":"heartbeat"}'],
    ["null for data", '{"type":"heartbeat","data":null}'],
    ["a list for data", '{"type":"heartbeat","data":[]}'],
    ["a text for data", '{"type":"heartbeat","data":"{}"}'],
    ["a number for a type", '{"type":1,"data":{}}'],
    ["null for a type", '{"type":null,"data":{}}'],
    ["an unknown type", '{"type":"reboot","data":{}}'],
    ["a type of the server's", '{"type":"connection","data":{}}'],
    ["another case", '{"type":"Heartbeat","data":{}}'],
    ["half a surrogate pair", '{"type":"\\ud800","data":{}}'],
    ["a field too many", '{"type":"heartbeat","data":{},"id":1}'],
    ["a field too many in data", '{"type":"heartbeat","data":{"id":1}}'],
    ["a time that is none", '{"type":"heartbeat","timestamp":"yesterday","data":{}}'],
    ["a number for a time", '{"type":"heartbeat","timestamp":1,"data":{}}'],
    ["a huge number", '{"type":"heartbeat","timestamp":1e999999,"data":{}}'],
    ["an empty token", '{"type":"auth","data":{"token":""}}'],
    ["a token that is too long", `{"type":"auth","data":{"token":"${"x".repeat(4097)}"}}`],
    ["type __proto__", '{"type":"__proto__","data":{}}'],
    ["type constructor", '{"type":"constructor","data":{}}'],
    ["a field __proto__", '{"type":"heartbeat","data":{},"__proto__":{"type":"heartbeat"}}'],
    ["a type by __proto__", '{"__proto__":{"type":"heartbeat","data":{}}}'],
    ["data with __proto__", '{"type":"heartbeat","data":{"__proto__":{}}}'],
    ["data with constructor", '{"type":"heartbeat","data":{"constructor":{"prototype":{}}}}'],
    ["lists 1,000 deep", `{"type":"heartbeat","data":${nested("[", "]", 1_000)}}`],
    ["objects 1,000 deep", `{"type":"heartbeat","data":${nested('{"a":', "}", 1_000, "1")}}`],
    ["lists as deep as a message allows", nested("[", "]", MAX / 2)],
    ["a message of 64 KiB exactly", " ".repeat(MAX)],
    ["binary", Uint8Array.of(1, 2, 3)],
    ["empty binary", new Uint8Array()],
    ["JSON as binary", new TextEncoder().encode('{"type":"heartbeat","data":{}}')],
  ];

/** What single sockets do not take, though they know the type. */
const ON: Record<string, readonly (readonly [what: string, message: string])[]> = {
  "/ws/vms/test": [
    ["input without a console", '{"type":"console_input","data":{"content":""}}'],
    ["a topic", '{"type":"subscribe","data":{"topics":["vms"]}}'],
    ["an unknown action", command({ action: "explode", requestId: "1" })],
    ["no request id", command({ action: "start" })],
    ["an empty request id", command({ action: "start", requestId: "" })],
    ["a request id too long", command({ action: "start", requestId: "x".repeat(129) })],
    ["a number for a request id", command({ action: "start", requestId: 1 })],
    ["half a pair in a request id", command({ action: "start", requestId: "\ud800" })],
    ["a text for force", command({ action: "start", requestId: "1", force: "yes" })],
    ["a VM in a command", command({ action: "start", requestId: "1", vm: "other" })],
    ["action __proto__", command({ action: "__proto__", requestId: "1" })],
  ],
  "/ws/vms/test/console": [
    ["a command", command({ action: "start", requestId: "1" })],
    ["no content", '{"type":"console_input","data":{}}'],
    ["a number for content", '{"type":"console_input","data":{"content":1}}'],
    ["no base64", '{"type":"console_input","data":{"content":"%%%"}}'],
    ["base64 without its padding", '{"type":"console_input","data":{"content":"YQ"}}'],
    ["base64 of URLs", '{"type":"console_input","data":{"content":"-_-_"}}'],
    ["base64 with a line end", '{"type":"console_input","data":{"content":"YWJj\\n"}}'],
    ["base64 cut short", '{"type":"console_input","data":{"content":"YWJjZ"}}'],
    ["a huge terminal", '{"type":"resize_hint","data":{"columns":1e308,"rows":24}}'],
    ["half a row", '{"type":"resize_hint","data":{"columns":80,"rows":0.5}}'],
    ["nothing to take over", '{"type":"takeover","data":null}'],
  ],
  "/ws/events": [
    ["a command", command({ action: "start", requestId: "1" })],
    ["no topics", '{"type":"subscribe","data":{"topics":[]}}'],
    ["a text for topics", '{"type":"subscribe","data":{"topics":"vms"}}'],
    ["an unknown topic", '{"type":"subscribe","data":{"topics":["vms","__proto__"]}}'],
    ["a VM without a name", '{"type":"subscribe","data":{"topics":["vm:"]}}'],
    [
      "too many topics",
      `{"type":"subscribe","data":{"topics":[${Array(257).fill('"vms"').join()}]}}`,
    ],
    ["a huge since", '{"type":"subscribe","data":{"topics":["events"],"since":1e400}}'],
    ["a since below 0", '{"type":"subscribe","data":{"topics":["events"],"since":-1}}'],
    ["half a since", '{"type":"subscribe","data":{"topics":["events"],"since":0.5}}'],
    ["a since beyond integers", '{"type":"subscribe","data":{"topics":["events"],"since":1e17}}'],
  ],
};

Deno.test("sockets answer bad messages with INVALID_MESSAGE, and lose nothing", async (t) => {
  // The table comes faster than a second allows otherwise.
  const limits = ["--limits-messages", "1000", "--limits-messages-per-user", "10000"];
  // A heartbeat right after the server's own would be taken for the answer to that.
  const args = [...limits, "--sockets-heartbeat", "60"];
  await using server = await Server.start({ connect: "test:///default", args });

  for (const [path, own] of Object.entries(ON)) {
    await t.step(`${path}: every bad message is answered, and the socket goes on`, async () => {
      using socket = await server.socket(path);
      for (const [what, message] of [...EVERYWHERE, ...own]) {
        send(socket, message);
        const { data } = await socket.next("error", ({ code }) => code === "INVALID_MESSAGE")
          .catch((error) => assert.fail(`${what}: ${error.message}`));
        assert.notEqual(data.message, "", what);
        // Also what is not answered is read: five in a row would end it.
        socket.send("heartbeat", {});
        await socket.next("heartbeat");
      }
    });

    await t.step(`${path}: five in a row end it with 1008, four do not`, async () => {
      using socket = await server.socket(path);
      for (const message of ["{", "null", "{", "null"]) socket.sendText(message);
      socket.send("heartbeat", {});
      await socket.next("heartbeat");
      for (let n = 0; n < 5; n++) socket.sendText("{");
      const { code, reason } = await within(5_000, "the socket to close", socket.closed);
      assert.deepEqual([code, reason], [1008, "5 invalid messages in a row."]);
    });

    for (
      const [what, message] of [
        ["a text of 64 KiB and a byte", " ".repeat(MAX + 1)],
        ["a text of fewer characters, but more bytes", `"${"ü".repeat(MAX / 2)}"`],
        ["64 KiB and a byte of binary", new Uint8Array(MAX + 1)],
      ] as const
    ) {
      await t.step(`${path}: ${what} ends it with 1009`, async () => {
        using socket = await server.socket(path);
        send(socket, message);
        const { code, reason } = await within(5_000, "the socket to close", socket.closed);
        assert.deepEqual([code, reason], [1009, "A message has at most 65536 bytes."]);
      });
    }

    await t.step(`${path}: text that is no UTF-8 ends that socket, and no other`, async () => {
      using other = await server.socket(path);
      const url = `${server.url.replace("http", "ws")}${path}?token=${server.token}`;
      for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x22, 0xe2, 0x82, 0x22]]) {
        using raw = await RawSocket.open(url);
        await raw.send(Opcode.text, Uint8Array.from(bytes));
        await raw.end(5_000);
      }
      other.send("heartbeat", {});
      await other.next("heartbeat");
    });
  }

  await t.step("a command that makes no sense is answered by its request id", async () => {
    using socket = await server.socket("/ws/vms/test");
    socket.send("command", { action: "explode", requestId: "1" });
    const { data: { code, requestId } } = await socket.next("error");
    assert.deepEqual([code, requestId], ["INVALID_MESSAGE", "1"]);
  });

  await t.step("names of every object's fields are names like others", async () => {
    using events = await server.socket("/ws/events");
    for (const name of ["__proto__", "constructor", "toString"]) {
      events.send("subscribe", { topics: [`vm:${name}`] });
      assert.equal((await events.next("error")).data.code, "VM_NOT_FOUND", name);
    }
    using vm = await server.socket("/ws/vms/test");
    for (const requestId of ["__proto__", "constructor"]) {
      vm.send("command", { action: "resume", requestId });
      const { data } = await vm.next("response");
      assert.deepEqual(data, {
        requestId,
        success: false,
        message: 'Cannot resume VM "test": it is not paused',
      });
    }
  });
});

function send(socket: TestSocket, message: string | Uint8Array<ArrayBuffer>): void {
  if (typeof message === "string") socket.sendText(message);
  else socket.sendBytes(message);
}

function command(data: unknown): string {
  return JSON.stringify({ type: "command", data });
}

function nested(open: string, close: string, depth: number, inside = ""): string {
  return open.repeat(depth) + inside + close.repeat(depth);
}
