import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { type Config, ConfigError, loadConfig, SETTINGS } from "./mod.ts";

interface Given {
  flags?: Record<string, string>;
  environment?: Record<string, string>;
  /** The text of a config file, named by the flag unless `environment` names it. */
  file?: string;
}

/** Loads with these and no other VIRTGLASS_ variables; `FILE` in a value stands for the file. */
async function load({ flags = {}, environment = {}, file }: Given): Promise<Config> {
  using folder = temporaryFolder();
  const path = join(folder.path, "virtglass.toml");
  if (file !== undefined) Deno.writeTextFileSync(path, file);
  const before = Object.entries(Deno.env.toObject()).filter(([key]) => key.startsWith("VIRTGLASS"));
  for (const [key] of before) Deno.env.delete(key);
  for (const [key, value] of Object.entries(environment)) {
    Deno.env.set(key, value.replace("FILE", path));
  }
  const named = file === undefined || environment.VIRTGLASS_CONFIG ? {} : { config: path };
  try {
    return await loadConfig({ ...named, ...flags });
  } finally {
    for (const key of Object.keys(environment)) Deno.env.delete(key);
    for (const [key, value] of before) Deno.env.set(key, value);
  }
}

Deno.test("loadConfig without anything gives the contract's defaults", async () => {
  const { dataDir, ...config } = await load({});
  assert.deepEqual(config, {
    connect: "qemu:///system",
    listen: { hostname: "127.0.0.1", port: 8480 },
    tls: "auto",
    trustedProxies: [],
    allowedHosts: [],
    logFormat: "pretty",
    consoleLinger: 60,
    consoleScrollback: 1_048_576,
    consoleCapture: "viewed",
    commandsTimeout: 60,
    sessionsLifetime: 604_800,
    sessionsIdle: 43_200,
    authQueryToken: "any",
    socketsHeartbeat: 15,
    limitsSocketsPerUser: 64,
    limitsSocketsPerAddress: 256,
    limitsConnectionsPerAddress: 512,
    limitsRequests: 100,
    limitsMessages: 100,
    limitsMessagesPerUser: 1000,
    limitsCommands: 60,
    limitsConsoleBytes: 262_144,
    recordingsAuto: "off",
    recordingsInput: false,
    recordingsMaxSize: 67_108_864,
    recordingsMaxAge: 30,
    recordingsMaxTotal: 2_147_483_648,
    auditRetention: 365,
    metricsAccess: "loopback",
  });
  assert.match(dataDir, Deno.uid() === 0 ? /^\/var\/lib\/virtglass$/ : /\/virtglass$/);
});

Deno.test("every default is a value that its setting takes, and is told as it would be given", async () => {
  const told = SETTINGS.filter(({ key, usual }) => usual !== null && key !== "data-dir");
  assert.ok(told.length > 20);
  const flags = Object.fromEntries(told.map(({ flag, usual }) => [flag, usual!]));
  assert.deepEqual(await load({ flags }), await load({}));
});

Deno.test("loadConfig prefers flags to environment, that to the file, that to defaults", async () => {
  const file = 'connect = "file:///"\nlog-format = "json"\n';
  const environment = { VIRTGLASS_CONNECT: "env:///" };
  const flags = { connect: "flag:///" };
  assert.equal((await load({ file, environment, flags })).connect, "flag:///");
  assert.equal((await load({ file, environment })).connect, "env:///");
  assert.equal((await load({ file })).connect, "file:///");
  assert.equal((await load({ file, environment, flags })).logFormat, "json");
});

Deno.test("loadConfig finds the file by VIRTGLASS_CONFIG", async () => {
  const environment = { VIRTGLASS_CONFIG: "FILE" };
  assert.equal((await load({ file: 'connect = "file:///"', environment })).connect, "file:///");
});

const EVERY: Record<string, [value: string, name: keyof Config, expected: unknown]> = {
  "connect": ["test:///default", "connect", "test:///default"],
  "listen": ["0.0.0.0:80", "listen", { hostname: "0.0.0.0", port: 80 }],
  "data-dir": ["/data", "dataDir", "/data"],
  "tls-cert": ["/cert", "tlsCert", "/cert"],
  "tls-key": ["/key", "tlsKey", "/key"],
  "tls": ["on", "tls", "on"],
  "trusted-proxies": ["10.0.0.1, fd00::/8", "trustedProxies", ["10.0.0.1", "fd00::/8"]],
  "allowed-hosts": ["VMs.example", "allowedHosts", ["vms.example"]],
  "log-format": ["json", "logFormat", "json"],
  "console.linger": ["5", "consoleLinger", 5],
  "console.scrollback": ["4096", "consoleScrollback", 4096],
  "console.capture": ["always", "consoleCapture", "always"],
  "commands.timeout": ["0.5", "commandsTimeout", 0.5],
  "sessions.lifetime": ["3600", "sessionsLifetime", 3600],
  "sessions.idle": ["900", "sessionsIdle", 900],
  "auth.query-token": ["ticket", "authQueryToken", "ticket"],
  "sockets.heartbeat": ["5", "socketsHeartbeat", 5],
  "limits.sockets-per-user": ["1", "limitsSocketsPerUser", 1],
  "limits.sockets-per-address": ["2", "limitsSocketsPerAddress", 2],
  "limits.connections-per-address": ["6", "limitsConnectionsPerAddress", 6],
  "limits.requests": ["7", "limitsRequests", 7],
  "limits.messages": ["3", "limitsMessages", 3],
  "limits.messages-per-user": ["5", "limitsMessagesPerUser", 5],
  "limits.commands": ["4", "limitsCommands", 4],
  "limits.console-bytes": ["5", "limitsConsoleBytes", 5],
  "recordings.auto": ["all", "recordingsAuto", "all"],
  "recordings.input": ["true", "recordingsInput", true],
  "recordings.max-size": ["4096", "recordingsMaxSize", 4096],
  "recordings.max-age": ["7", "recordingsMaxAge", 7],
  "recordings.max-total": ["8192", "recordingsMaxTotal", 8192],
  "audit.retention": ["7", "auditRetention", 7],
  "metrics.access": ["token", "metricsAccess", "token"],
};

Deno.test("loadConfig takes every setting as a flag, as a variable, and from the file", async () => {
  assert.deepEqual(SETTINGS.map(({ key }) => key).sort(), Object.keys(EVERY).sort());
  const rows = Object.entries(EVERY);
  const values = (name: (key: string) => string) =>
    Object.fromEntries(rows.map(([key, [value]]) => [name(key), value]));
  const flag = (key: string) => key.replace(".", "-");
  const variable = (key: string) => `VIRTGLASS_${key.replace(/[.-]/g, "_").toUpperCase()}`;
  const file = rows.map(([key, [value]]) => `${key} = ${JSON.stringify(value)}`).join("\n");
  for (const given of [{ flags: values(flag) }, { environment: values(variable) }, { file }]) {
    const config = await load(given);
    for (const [, [, name, expected]] of rows) assert.deepEqual(config[name], expected, name);
  }
});

Deno.test("loadConfig reads dotted keys and tables alike, and numbers as numbers", async () => {
  for (const file of ["console.linger = 5", "[console]\nlinger = 5", '"console.linger" = 5.0']) {
    assert.equal((await load({ file })).consoleLinger, 5, file);
  }
});

Deno.test("loadConfig reads keys in either case of two words", async () => {
  for (const file of ['auth.queryToken = "ticket"', '[auth]\nquery-token = "ticket"']) {
    assert.equal((await load({ file })).authQueryToken, "ticket", file);
  }
});

const LISTEN: Record<string, Config["listen"]> = {
  "127.0.0.1:8480": { hostname: "127.0.0.1", port: 8480 },
  "localhost:0": { hostname: "localhost", port: 0 },
  "kvm1.example:65535": { hostname: "kvm1.example", port: 65535 },
  "[::1]:8480": { hostname: "::1", port: 8480 },
  "[::]:443": { hostname: "::", port: 443 },
  "[::ffff:10.0.0.1]:80": { hostname: "::ffff:10.0.0.1", port: 80 },
};
for (const [listen, expected] of Object.entries(LISTEN)) {
  Deno.test(`loadConfig takes ${listen} to listen on`, async () => {
    assert.deepEqual((await load({ flags: { listen } })).listen, expected);
  });
}

const NO_LISTEN = [
  "8480",
  ":8480",
  "127.0.0.1",
  "127.0.0.1:",
  "127.0.0.1:65536",
  "127.0.0.1:123456",
  "127.0.0.1:-1",
  "127.0.0.1:http",
  "::1:8480",
  "[::1]",
  "[]:80",
  "[kvm1]:80",
  "a b:80",
  "http://127.0.0.1:80",
];
for (const listen of NO_LISTEN) {
  Deno.test(`loadConfig refuses to listen on "${listen}", and quotes it`, async () => {
    await assert.rejects(
      load({ flags: { listen } }),
      (error: unknown) =>
        error instanceof ConfigError &&
        error.message ===
          `--listen: "${listen}" is not HOST:PORT, such as 127.0.0.1:8480 or [::1]:8480`,
    );
  });
}

const BAD: [what: string, given: Given, place: RegExp][] = [
  ["a flag", { flags: { "log-format": "xml" } }, /^--log-format: is json or pretty$/],
  [
    "a variable",
    { environment: { VIRTGLASS_LOG_FORMAT: "xml" } },
    /^VIRTGLASS_LOG_FORMAT: is json/,
  ],
  ["a key of the file", { file: 'log-format = "xml"' }, /^\/.*\.toml: log-format: is json or/],
  ["a number for text", { file: "connect = 7" }, /\.toml: connect: /],
  ["a date for text", { file: "connect = 2020-01-01" }, /\.toml: connect: /],
  ["a list for text", { file: 'connect = ["a"]' }, /\.toml: connect: /],
  [
    "a list for seconds",
    { file: "console.linger = []" },
    /\.toml: console\.linger: is not a number/,
  ],
  ["true for seconds", { file: "console.linger = true" }, /console\.linger: is not a number/],
  [
    "text for seconds",
    { flags: { "console-linger": "soon" } },
    /^--console-linger: is not a number/,
  ],
  [
    "an empty text for seconds",
    { environment: { VIRTGLASS_CONSOLE_LINGER: "" } },
    /is not a number/,
  ],
  ["blanks for seconds", { environment: { VIRTGLASS_CONSOLE_LINGER: " " } }, /is not a number/],
  ["a hex number", { flags: { "console-linger": "0x10" } }, /^--console-linger: is not a number/],
  ["Infinity", { flags: { "console-linger": "Infinity" } }, /^--console-linger: is not a number/],
  ["a negative number", { file: "console.linger = -1" }, /console\.linger is 0 to 86400 seconds$/],
  ["a negative text", { flags: { "console-linger": "-1" } }, /is 0 to 86400 seconds$/],
  ["too long", { flags: { "commands-timeout": "3601" } }, /timeout is 0 to 3600 seconds$/],
  ["a beat of nothing", { flags: { "sockets-heartbeat": "0" } }, /heartbeat is 1 to 60 seconds$/],
  ["no lifetime", { flags: { "sessions-lifetime": "0" } }, /lifetime is 60 to 31622400 seconds$/],
  ["a word for a ticket", { file: 'auth.query-token = "no"' }, /query-token: is any or ticket$/],
  ["no sockets", { file: "limits.sockets-per-user = 0" }, /per-user is a whole number from 1 to/],
  ["half a message", { file: "limits.messages = 0.5" }, /limits\.messages is a whole number/],
  ["words for a count", { file: 'limits.commands = "few"' }, /limits\.commands: is not a whole/],
  ["a word for yes or no", { flags: { "recordings-input": "yes" } }, /input: is true or false$/],
  ["text for bytes", { flags: { "recordings-max-size": "1k" } }, /: is not a number of bytes$/],
  ["too few bytes", { file: "recordings.max-size = 1" }, /max-size is 1024 to \d+ bytes$/],
  ["text for days", { file: 'recordings.max-age = "a week"' }, /: is not a number of days$/],
  ["half a byte", { file: "recordings.max-size = 4096.5" }, /max-size is a whole number of bytes$/],
  ["too many bytes", { flags: { "recordings-max-size": "1e99" } }, /: is not a number of bytes$/],
  ["more bytes than a disk has", { file: "recordings.max-total = 1e16" }, /max-total is \d+ to /],
  ["too many", { file: "limits.messages = 1000000001" }, /a whole number from 1 to 1000000000$/],
  [
    "a key twice",
    { file: '"console.linger" = 5\n[console]\nlinger = 6' },
    /\.toml: console\.linger is given twice/,
  ],
  ["a list of numbers", { file: "allowed-hosts = [1]" }, /allowed-hosts: is not a list$/],
  ["an empty URI", { environment: { VIRTGLASS_CONNECT: "" } }, /^VIRTGLASS_CONNECT: /],
  ["an empty folder", { environment: { VIRTGLASS_DATA_DIR: "" } }, /^VIRTGLASS_DATA_DIR: /],
  ["an unknown key", { file: 'conect = "a"' }, /there is no setting "conect". Known are connect,/],
  ["an unknown table", { file: "[console]\nlingre = 1" }, /no setting "console.lingre"/],
  ["an unknown date", { file: "since = 2020-01-01" }, /no setting "since"/],
  ["an unknown empty table", { file: "[consol]" }, /no setting "consol"/],
  ["a table for a value", { file: "[listen]" }, /\.toml: listen: /],
  ["a key of every object", { file: "__proto__ = 1" }, /there is no setting "__proto__"/],
  [
    "a file that is no TOML",
    { file: "connect =\n" },
    /\.toml, line 1, is not TOML: invalid value$/,
  ],
  [
    "a file that is not there",
    { flags: { config: "/no/such.toml" } },
    /"\/no\/such\.toml": .*No such/,
  ],
  ["a certificate alone", { flags: { "tls-cert": "/c" } }, /^--tls-cert and --tls-key go together/],
  ["a subnet of nothing", { flags: { "trusted-proxies": "10.0.0.0/33" } }, /are addresses or sub/],
  ["a name for a proxy", { file: 'trusted-proxies = ["proxy"]' }, /proxies: are addresses or sub/],
  ["a URL for a name", { flags: { "allowed-hosts": "https://a" } }, /^--allowed-hosts: are names/],
  ["no TLS for others", { flags: { tls: "off", listen: "0.0.0.0:80" } }, /name it with --trusted-/],
  [
    "no TLS with a certificate",
    { flags: { tls: "off", "tls-cert": "/c", "tls-key": "/k" } },
    /^--tls off and --tls-cert do not go/,
  ],
  ["a key alone", { environment: { VIRTGLASS_TLS_KEY: "/k" } }, /give both or neither$/],
];
for (const [what, given, place] of BAD) {
  Deno.test(`loadConfig refuses ${what}, saying in one line where it stands`, async () => {
    await assert.rejects(
      load(given),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError, String(error));
        assert.match(error.message, place);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
  });
}
