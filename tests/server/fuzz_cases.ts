/** What fuzz_test.ts sends: made by fast-check, near enough to what is right to get far in. */
import fc from "fast-check";

/** A frame as it goes over the wire. */
export interface RawFrame {
  head: number;
  masked: boolean;
  /** What the frame says its length is; null for what it is. */
  claimed: number | null;
  payload: Uint8Array;
}

const encoder = new TextEncoder();

/** Values that JSON has, and some that break what reads it carelessly. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, -1, 1e308, 2 ** 53, "", "__proto__", "\ud800", "\u0000", [], {}),
);

/** Some word of ours, or any. */
const word = (...known: string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, fc.string({ maxLength: 20 }));

const data = fc.oneof(
  fc.record({ action: word("suspend", "resume", "start"), requestId: word("1"), force: value }, {
    requiredKeys: [],
  }),
  fc.record({ topics: fc.array(word("vms", "events", "metrics:*", "vm:test"), { maxLength: 9 }) }),
  fc.record({ content: word("", "YQ==", "%") }),
  fc.record({ columns: value, rows: value }),
  fc.record({ token: value }),
  fc.constant({}),
  value,
);

const message = fc.record(
  {
    type: word(
      ...["command", "subscribe", "unsubscribe", "heartbeat", "auth", "console_input", "takeover"],
      ...["resize_hint", "connection", "constructor"],
    ),
    timestamp: word("2023-05-06T13:13:42.637-0400"),
    data,
    extra: value,
  },
  { requiredKeys: ["type", "data"] },
).map((message) => JSON.stringify(message) ?? "");

/** The text, cut short or with one byte changed. */
const mutated = fc.tuple(message, fc.nat(), fc.nat({ max: 255 }), fc.boolean()).map(
  ([text, at, byte, cut]) => {
    const bytes = encoder.encode(text);
    if (cut) return bytes.slice(0, at % (bytes.length + 1));
    if (bytes.length > 0) bytes[at % bytes.length] = byte;
    return bytes;
  },
);

const payload = fc.oneof(
  { weight: 6, arbitrary: message.map((text) => encoder.encode(text)) },
  { weight: 2, arbitrary: mutated },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  { weight: 1, arbitrary: fc.nat({ max: 70_000 }).map((size) => new Uint8Array(size).fill(97)) },
);

/** Mostly whole text messages; sometimes any opcode, any reserved bit, any length. */
export const frame: fc.Arbitrary<RawFrame> = fc.record({
  head: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(0x81, 0x81, 0x82, 0x01, 0x80, 0x89, 0x8a) },
    { weight: 1, arbitrary: fc.nat({ max: 255 }) },
  ),
  masked: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, fc.boolean()),
  claimed: fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, fc.maxSafeNat()),
  payload,
});

/** The frame's bytes; its mask is of zeros, which changes nothing. */
export function frameBytes({ head, masked, claimed, payload }: RawFrame): Uint8Array {
  const length = claimed ?? payload.length;
  const mask = masked ? 0x80 : 0;
  const sizes = length < 126
    ? [mask | length]
    : length < 65_536
    ? [mask | 126, length >> 8, length & 255]
    : [mask | 127, ...new Uint8Array(new BigUint64Array([BigInt(length)]).buffer).reverse()];
  const start = [head, ...sizes, ...(masked ? [0, 0, 0, 0] : [])];
  const bytes = new Uint8Array(start.length + payload.length);
  bytes.set(start);
  bytes.set(payload, start.length);
  return bytes;
}

const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("test", "nothing", "index", "1", "..", "%2e%2e", "%ff") },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }).map(escaped) },
);

const ROUTES = [
  ...["", "login", "healthz", "readyz", "metrics", "recordings", "css/main.css"],
  ...["vms/*", "vms/*/console", "recordings/*", "api/v1/host", "api/v1/events", "api/v1/commands"],
  ...["api/v1/commands/*", "api/v1/vms", "api/v1/vms/*", "api/v1/vms/*/commands"],
  ...[
    "api/v1/vms/*/events",
    "api/v1/vms/*/metrics",
    "api/v1/vms/*/recordings",
    "api/v1/vms/*/keys",
  ],
  ...["api/v1/recordings", "api/v1/recordings/*", "api/v1/recordings/*/cast"],
  ...["api/v1/auth/login", "api/v1/auth/me", "api/v1/auth/refresh", "api/v1/*", "ws/*"],
  ...["ws/events", "ws/vms/*", "ws/vms/*/console", "api/v1/auth/ws-ticket", "api/v1/audit"],
  ...["api/v1/users", "api/v1/users/*", "api/v1/host/metrics", "api/v1/vms/*/xml", "setup", "look"],
  ...["account", "account/password", "account/second-factor", "account/sessions", "account/tokens"],
  ...["users", "users/*", "users/new", "audit", "activity", "vms/*/hardware", "vms/*/history"],
  ...["vms/*/snapshots", "vms/*/xml"],
];

const path = fc.tuple(
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...ROUTES) },
    fc.array(segment, { maxLength: 5 }).map((parts) => parts.join("/")),
  ),
  fc.array(segment, { minLength: 2, maxLength: 2 }),
).map(([route, [one]]) => `/${route.replace("*", () => one!)}`);

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...["token", "limit", "since", "before", "until", "step", "range", "kind", "user", "vm"],
      ...["stream", "offset", "next", "x"],
    ),
    fc.oneof(fc.constantFrom("", "0", "-1", "1e400", "true"), fc.string({ maxLength: 20 })),
  ),
  { maxLength: 3 },
).map((pairs) => pairs.map(([name, text]) => `${name}=${escaped(text)}`).join("&"));

/** Printable, or what some parser takes for a line's end. */
const headerText = fc.oneof(
  { weight: 5, arbitrary: fc.string({ maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom("\u00e4", "\t", "a\rb", "\x00", "a".repeat(5_000)) },
);

const header = fc.tuple(
  fc.constantFrom(
    ...["Accept", "Accept-Encoding", "Cookie", "Origin", "Content-Type", "If-None-Match", "Range"],
    ...["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Sec-Fetch-Site", "Upgrade"],
    ...["Sec-WebSocket-Version", "Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Authorization"],
    ...["Transfer-Encoding", "Content-Length", "Expect", "Host", "X-Any"],
  ),
  fc.oneof(
    fc.constantFrom(
      ...["websocket", "13", "chunked", "0", "-1", "gzip", "null", "application/json"],
      ...["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
    ),
    headerText,
  ),
);

export interface RawRequest {
  method: string;
  target: string;
  headers: [string, string][];
  /** Whether it shows the admin's token. */
  signedIn: boolean;
  body: Uint8Array;
}

export const request: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom("GET", "GET", "POST", "HEAD", "DELETE", "OPTIONS") },
    fc.constantFrom("PUT", "PATCH", "TRACE", "CONNECT", "get", "PRI", "A".repeat(100)),
  ),
  target: fc.tuple(path, query).map(([path, query]) => query === "" ? path : `${path}?${query}`),
  headers: fc.array(header, { maxLength: 4 }),
  signedIn: fc.boolean(),
  body: fc.oneof(
    { weight: 3, arbitrary: fc.constant(new Uint8Array()) },
    { weight: 1, arbitrary: payload },
  ),
});

/** As percent-encoding has it; half a surrogate pair, which has none, is replaced. */
function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
