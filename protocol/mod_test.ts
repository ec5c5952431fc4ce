import assert from "node:assert/strict";
import {
  ACTIONS,
  ConsoleSocketMessage,
  EventsSocketMessage,
  ServerMessage,
  STATUSES,
  VM,
  VMSocketMessage,
} from "./mod.ts";

/** The design document's own form, which RFC 3339 does not allow, and the two that it does. */
const DOCUMENT = "2023-05-06T13:13:42.637-0400";
const OFFSET = "2023-05-06T13:13:42.637-04:00";
const UTC = "2023-05-06T17:13:42.637Z";

const METRICS = {
  cpu: { utilization: 15.5 },
  memory: { used: 1073741824, total: 4294967296 },
  network: { rxBytes: 1024000, txBytes: 512000, rxPackets: 1500, txPackets: 750 },
  disk: { readBytes: 51200000, writeBytes: 25600000, readOps: 1200, writeOps: 600 },
};
const REQUEST = "550e8400-e29b-41d4-a716-446655440000";
const CONTENT = "YmFzZTY0";

/** The document's messages of the server, but for their times. */
const OUTGOING: [type: string, data: (time: string) => unknown][] = [
  ...STATUSES.map((status) =>
    [
      "status",
      (time: string) => ({ status, lastStateChange: time, uptime: 3600 }),
    ] as [string, (time: string) => unknown]
  ),
  ["metrics", () => METRICS],
  ["response", () => ({ requestId: REQUEST, success: true, message: "VM started successfully" })],
  ["console", () => ({ content: CONTENT, eof: false })],
];
for (const [type, data] of OUTGOING) {
  const example = JSON.stringify(data(UTC)).slice(0, 40);
  Deno.test(`ServerMessage takes the document's ${type} ${example}, and leaves nothing out`, () => {
    for (const time of [OFFSET, UTC]) {
      const message = { type, timestamp: time, data: data(time) };
      assert.deepEqual(ServerMessage.parse(message), message);
    }
  });
}

Deno.test("ServerMessage sends no time that RFC 3339 does not allow", () => {
  const message = { type: "metrics", timestamp: DOCUMENT, data: METRICS };
  assert.equal(ServerMessage.safeParse(message).success, false);
});

Deno.test("the document's states and actions are all there are", () => {
  const states = "running|stopped|paused|shutdown|crashed|unknown";
  assert.equal(STATUSES.join("|"), states);
  assert.equal(ACTIONS.join("|"), "start|stop|restart|suspend|resume");
});

for (const timestamp of [DOCUMENT, OFFSET, UTC]) {
  Deno.test(`clients may send the document's messages with the time ${timestamp}`, () => {
    for (const action of ACTIONS) {
      const command = { type: "command", timestamp, data: { action, requestId: REQUEST } };
      assert.deepEqual(VMSocketMessage.parse(command), command);
    }
    const input = { type: "console_input", timestamp, data: { content: CONTENT } };
    assert.deepEqual(ConsoleSocketMessage.parse(input), input);
  });
}

const COMMAND = { action: "stop", requestId: "1" };
const GOOD: [socket: keyof typeof SOCKETS, message: unknown][] = [
  ["vm", { type: "command", data: COMMAND }],
  ["vm", { type: "command", data: { ...COMMAND, force: true } }],
  ["vm", { type: "command", data: { ...COMMAND, requestId: "x".repeat(128) } }],
  ["vm", { type: "heartbeat", data: {} }],
  ["console", { type: "console_input", data: { content: "" } }],
  ["console", { type: "console_input", data: { content: "AAECAw==" } }],
  ["console", { type: "heartbeat", data: {} }],
  ["events", { type: "subscribe", data: { topics: ["vms", "events", "commands", "host"] } }],
  ["events", { type: "subscribe", data: { topics: ["metrics:*", "metrics:a:b", "vm:ä b\n"] } }],
  ["events", { type: "subscribe", data: { topics: ["vm:constructor"], since: 0 } }],
  ["events", { type: "unsubscribe", data: { topics: ["vms"] } }],
  ["events", { type: "heartbeat", data: {} }],
];
const SOCKETS = {
  vm: VMSocketMessage,
  console: ConsoleSocketMessage,
  events: EventsSocketMessage,
};
for (const [socket, message] of GOOD) {
  Deno.test(`the ${socket} socket takes ${JSON.stringify(message).slice(0, 80)}`, () => {
    assert.deepEqual(SOCKETS[socket].parse(message), message);
  });
}

/** As texts, for a text can say what an object literal cannot: `__proto__`, 1e999, a key twice. */
const BAD: [socket: keyof typeof SOCKETS, what: string, text: string][] = [
  ["vm", "null", "null"],
  ["vm", "a text", '"command"'],
  ["vm", "a number", "7"],
  ["vm", "a list", "[]"],
  ["vm", "an empty object", "{}"],
  ["vm", "no type", `{"data":${JSON.stringify(COMMAND)}}`],
  ["vm", "an unknown type", '{"type":"shell","data":{}}'],
  ["vm", "a type that is a list", '{"type":["command"],"data":{}}'],
  ["vm", "a type in capitals", `{"type":"COMMAND","data":${JSON.stringify(COMMAND)}}`],
  ["vm", "a type that every object has", '{"type":"constructor","data":{}}'],
  ["vm", "the type __proto__", '{"type":"__proto__","data":{}}'],
  ["vm", "the server's own type", '{"type":"response","data":{}}'],
  ["vm", "another socket's type", '{"type":"console_input","data":{"content":""}}'],
  ["vm", "no data", '{"type":"command"}'],
  ["vm", "data that is null", '{"type":"command","data":null}'],
  ["vm", "data that is a list", '{"type":"command","data":[]}'],
  ["vm", "no request id", '{"type":"command","data":{"action":"stop"}}'],
  ["vm", "an empty request id", '{"type":"command","data":{"action":"stop","requestId":""}}'],
  [
    "vm",
    "a request id that is a number",
    '{"type":"command","data":{"action":"stop","requestId":1}}',
  ],
  [
    "vm",
    "a request id too long",
    `{"type":"command","data":{"action":"stop","requestId":"${"x".repeat(129)}"}}`,
  ],
  ["vm", "an unknown action", '{"type":"command","data":{"action":"delete","requestId":"1"}}'],
  ["vm", "an action with spaces", '{"type":"command","data":{"action":" stop","requestId":"1"}}'],
  ["vm", "the action toString", '{"type":"command","data":{"action":"toString","requestId":"1"}}'],
  [
    "vm",
    "force as text",
    '{"type":"command","data":{"action":"stop","requestId":"1","force":"1"}}',
  ],
  [
    "vm",
    "force as null",
    '{"type":"command","data":{"action":"stop","requestId":"1","force":null}}',
  ],
  [
    "vm",
    "an extra field in data",
    '{"type":"command","data":{"action":"stop","requestId":"1","vm":"other"}}',
  ],
  [
    "vm",
    "an extra field beside data",
    '{"type":"command","data":{"action":"stop","requestId":"1"},"vm":"other"}',
  ],
  [
    "vm",
    "a constructor in data",
    '{"type":"command","data":{"action":"stop","requestId":"1","constructor":{}}}',
  ],
  ["vm", "a time that is none", '{"type":"heartbeat","timestamp":"soon","data":{}}'],
  ["vm", "a time that is a number", '{"type":"heartbeat","timestamp":1683393222637,"data":{}}'],
  ["vm", "a time that is null", '{"type":"heartbeat","timestamp":null,"data":{}}'],
  ["vm", "an endless time", `{"type":"heartbeat","timestamp":"${UTC}${" ".repeat(50)}","data":{}}`],
  ["vm", "a heartbeat that says something", '{"type":"heartbeat","data":{"a":1}}'],
  ["vm", "data nested deeply", `{"type":"heartbeat","data":${nested(5_000)}}`],
  ["vm", "a request id nested deeply", commandOf(nested(5_000))],
  ["console", "no content", '{"type":"console_input","data":{}}'],
  ["console", "content that is null", inputOf("null")],
  ["console", "content that is a list of bytes", inputOf("[65,66]")],
  ["console", "content that is plain text", inputOf('"ls -l"')],
  ["console", "base64 without its padding", inputOf('"YQ"')],
  ["console", "base64 with too much padding", inputOf('"YWI=="')],
  ["console", "base64 with padding inside", inputOf('"YQ==YQ=="')],
  ["console", "base64 of the URL alphabet", inputOf('"_-8="')],
  ["console", "base64 with line ends", inputOf('"YWJj\\nYWJj"')],
  ["console", "base64 with blanks", inputOf('" YWJj"')],
  ["console", "a field eof", '{"type":"console_input","data":{"content":"","eof":true}}'],
  ["console", "a command", `{"type":"command","data":${JSON.stringify(COMMAND)}}`],
  ["events", "no topics", '{"type":"subscribe","data":{}}'],
  ["events", "an empty list of topics", topicsOf("[]")],
  ["events", "one topic that is no list", topicsOf('"vms"')],
  ["events", "an unknown topic", topicsOf('["vms","passwords"]')],
  ["events", "a topic that only begins well", topicsOf('["vmsx"]')],
  ["events", "a topic of no VM", topicsOf('["vm:"]')],
  ["events", "metrics of no VM", topicsOf('["metrics:"]')],
  ["events", "a topic that is a number", topicsOf("[1]")],
  ["events", "a topic too long", topicsOf(`["vm:${"x".repeat(300)}"]`)],
  ["events", "too many topics", topicsOf(JSON.stringify(Array(257).fill("vms")))],
  ["events", "a negative since", sinceOf("-1")],
  ["events", "half a since", sinceOf("0.5")],
  ["events", "a since beyond all integers", sinceOf("9007199254740993")],
  ["events", "an infinite since", sinceOf("1e999")],
  ["events", "a since as text", sinceOf('"5"')],
  ["events", "since in unsubscribe", '{"type":"unsubscribe","data":{"topics":["vms"],"since":1}}'],
];
for (const [socket, what, text] of BAD) {
  Deno.test(`the ${socket} socket refuses ${what}, and says why`, () => {
    const result = SOCKETS[socket].safeParse(JSON.parse(text));
    assert.equal(result.success, false);
    assert.ok((result.error?.issues[0]?.message.length ?? 0) > 0);
  });
}

Deno.test("a message cannot reach a prototype by __proto__", () => {
  const text = '{"type":"command","data":{"action":"stop","requestId":"1",' +
    '"__proto__":{"force":true}}}';
  const result = VMSocketMessage.safeParse(JSON.parse(text));
  if (result.success && result.data.type === "command") {
    assert.equal(result.data.data.force, undefined);
    assert.deepEqual(Object.getPrototypeOf(result.data.data), Object.prototype);
  }
  assert.equal(({} as { force?: boolean }).force, undefined);
  assert.equal(
    VMSocketMessage.safeParse(JSON.parse('{"__proto__":{"type":"heartbeat"}}')).success,
    false,
  );
});

Deno.test("VM takes any UUID that libvirt takes", () => {
  const { uuid } = VM.shape;
  for (
    const good of [
      "6695eb01-f6a4-8304-79aa-97f2502e193f",
      REQUEST,
      "0".repeat(8) + "-0000-0000-0000-" + "1".repeat(12),
    ]
  ) {
    assert.equal(uuid.safeParse(good).success, true, good);
  }
  for (const bad of ["", "web1", REQUEST.slice(1), `${REQUEST}0`]) {
    assert.equal(uuid.safeParse(bad).success, false, bad);
  }
});

function nested(depth: number): string {
  return '{"a":'.repeat(depth) + "1" + "}".repeat(depth);
}
function commandOf(requestId: string): string {
  return `{"type":"command","data":{"action":"stop","requestId":${requestId}}}`;
}
function inputOf(content: string): string {
  return `{"type":"console_input","data":{"content":${content}}}`;
}
function topicsOf(topics: string): string {
  return `{"type":"subscribe","data":{"topics":${topics}}}`;
}
function sinceOf(since: string): string {
  return `{"type":"subscribe","data":{"topics":["vms"],"since":${since}}}`;
}
