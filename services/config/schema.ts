import { HEARTBEAT_INTERVAL } from "@/protocol/limits.ts";
import * as z from "@/protocol/zod.ts";
import { family, isLoopback } from "../network/addresses.ts";

/** What the schema says of each setting beside its type. */
interface About {
  key: string;
  value: string;
  help: string;
  usual?: unknown;
}
const ABOUT = z.registry<About>();

/** What a number may be, in words. */
const RANGES = z.registry<{ range: string }>();

/** Where to listen. Port 0 lets the system choose one. */
export interface Address {
  hostname: string;
  port: number;
}

const ADDRESS = /^(?:\[(?<six>[0-9A-Fa-f:.]+)\]|(?<host>[^\s:[\]/]+)):(?<port>\d{1,5})$/;

const address = z.pipe(
  z.string(),
  z.transform((text: string, { issues }): Address => {
    const { six, host, port } = ADDRESS.exec(text)?.groups ?? {};
    const hostname = six ?? host;
    if (hostname !== undefined && Number(port) <= 65535) return { hostname, port: Number(port) };
    const message = `"${text}" is not HOST:PORT, such as 127.0.0.1:8480 or [::1]:8480`;
    issues.push({ code: "custom", input: text, message });
    return z.NEVER;
  }),
);

/** Numbers of the file, and decimal texts of flags and variables; `Number` would take "" for 0. */
const number = (what: string) => z.union([z.number(), decimal], { error: `is not a ${what}` });

const decimal = z.pipe(z.string().check(z.regex(/^-?\d+(\.\d+)?$/)), z.transform(Number));

const amount = (name: string, unit: string, least: number, most: number) =>
  number(`number of ${unit}`).check(
    z.refine((value) => value >= least && value <= most, {
      error: `${name} is ${least} to ${most} ${unit}`,
    }),
  ).register(RANGES, { range: `${least} to ${most} ${unit}` });

const seconds = (name: string, most: number, least = 0) => amount(name, "seconds", least, most);

/** More bytes than a disk has. */
const ANY = 2 ** 50;

/** Whole ones: half a byte is nothing that could be kept or counted. */
const bytes = (name: string, least: number, most = ANY) =>
  amount(name, "bytes", least, most).check(
    z.refine(Number.isInteger, { error: `${name} is a whole number of bytes` }),
  ).register(RANGES, { range: most === ANY ? `${least} or more` : `${least} to ${most} bytes` });

const MOST = 1_000_000_000;

const count = (name: string) =>
  number("whole number").check(
    z.refine((value) => Number.isInteger(value) && value >= 1 && value <= MOST, {
      error: `${name} is a whole number from 1 to ${MOST}`,
    }),
  ).register(RANGES, { range: "1 or more" });

/** Of the file as it is, of flags and variables as a word. */
const switched = z.union([
  z.boolean(),
  z.pipe(z.enum(["true", "false"]), z.transform((word) => word === "true")),
], { error: "is true or false" });

/** A list of the file, or texts of flags and variables with commas between. */
const listed = z.union([
  z.array(z.string()),
  z.pipe(
    z.string(),
    z.transform((text: string) => text.split(",").map((item) => item.trim()).filter(Boolean)),
  ),
], { error: "is not a list" });

const hostNames = z.pipe(
  listed.check(z.refine((names) => names.every((name) => HOST_NAME.test(name)), {
    error: "are names such as vms.example.org, without a scheme or a port",
  })),
  z.transform((names: string[]) => names.map((name) => name.toLowerCase())),
);

const HOST_NAME = /^[A-Za-z\d_]([A-Za-z\d_.-]*[A-Za-z\d_])?$|^[\da-fA-F:]+$/;

const subnets = listed.check(z.refine((items) => items.every(isSubnet), {
  error: "are addresses or subnets such as 10.0.0.5 or 10.0.0.0/8",
}));

function isSubnet(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const kind = family(address);
  if (kind === null || rest.length > 0) return false;
  return bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === "ipv4" ? 32 : 128));
}

const filled = z.string().check(z.minLength(1));

function defaultDataDir(): string {
  if (Deno.uid() === 0) return "/var/lib/virtglass";
  const base = Deno.env.get("XDG_DATA_HOME") ?? `${Deno.env.get("HOME") ?? "."}/.local/share`;
  return `${base}/virtglass`;
}

/**
 * All settings. Flags, environment variables, keys of the config file, defaults, the help text and
 * the table in the docs come out of this schema: `key` is the name in the file, and `--key` and
 * `VIRTGLASS_KEY` follow from it.
 */
export const ConfigSchema = z.strictObject({
  connect: z._default(filled, "qemu:///system")
    .register(ABOUT, { key: "connect", value: "URI", help: "libvirt to connect to" }),
  listen: z.prefault(address, "127.0.0.1:8480")
    .register(ABOUT, { key: "listen", value: "HOST:PORT", help: "where to listen" }),
  dataDir: z._default(filled, defaultDataDir)
    .register(ABOUT, {
      key: "data-dir",
      value: "DIR",
      help: "users, sessions, history",
      usual: "/var/lib/virtglass for root, else ~/.local/share/virtglass",
    }),
  tlsCert: z.optional(filled)
    .register(ABOUT, { key: "tls-cert", value: "FILE", help: "certificate chain, PEM" }),
  tlsKey: z.optional(filled)
    .register(ABOUT, { key: "tls-key", value: "FILE", help: "private key, PEM" }),
  tls: z._default(z.enum(["auto", "on", "off"], { error: "is auto, on or off" }), "auto")
    .register(ABOUT, {
      key: "tls",
      value: "auto|on|off",
      help: "auto: on, but for loopback alone",
    }),
  trustedProxies: z._default(subnets, [])
    .register(ABOUT, {
      key: "trusted-proxies",
      value: "ADDRESS,...",
      help: "proxies whose X-Forwarded- counts",
    }),
  allowedHosts: z._default(hostNames, [])
    .register(ABOUT, {
      key: "allowed-hosts",
      value: "NAME,...",
      help: "further names of this server",
    }),
  logFormat: z._default(z.enum(["json", "pretty"], { error: "is json or pretty" }), "pretty")
    .register(ABOUT, { key: "log-format", value: "json|pretty", help: "how log lines look" }),
  consoleLinger: z._default(seconds("console.linger", 86_400), 60)
    .register(ABOUT, {
      key: "console.linger",
      value: "S",
      help: "keep a console after its last viewer",
    }),
  consoleScrollback: z._default(bytes("console.scrollback", 4096, 64 * 1024 ** 2), 1024 * 1024)
    .register(ABOUT, {
      key: "console.scrollback",
      value: "BYTES",
      help: "what is kept of a VM's console",
    }),
  consoleCapture: z._default(
    z.enum(["viewed", "always"], { error: "is viewed or always" }),
    "viewed",
  ).register(ABOUT, {
    key: "console.capture",
    value: "viewed|always",
    help: "whose consoles are kept open",
  }),
  commandsTimeout: z._default(seconds("commands.timeout", 3_600), 60)
    .register(ABOUT, {
      key: "commands.timeout",
      value: "S",
      help: "time a guest has to shut down or reboot",
    }),
  sessionsLifetime: z._default(seconds("sessions.lifetime", 366 * 86_400, 60), 7 * 86_400)
    .register(ABOUT, {
      key: "sessions.lifetime",
      value: "S",
      help: "after which one has to sign in again",
    }),
  sessionsIdle: z._default(seconds("sessions.idle", 366 * 86_400, 60), 12 * 3_600)
    .register(ABOUT, {
      key: "sessions.idle",
      value: "S",
      help: "after which an unused session ends",
    }),
  authQueryToken: z._default(z.enum(["any", "ticket"], { error: "is any or ticket" }), "any")
    .register(ABOUT, {
      key: "auth.query-token",
      value: "any|ticket",
      help: "what ?token= of a socket takes",
    }),
  socketsHeartbeat: z._default(seconds("sockets.heartbeat", 60, 1), HEARTBEAT_INTERVAL)
    .register(ABOUT, {
      key: "sockets.heartbeat",
      value: "S",
      help: "beat of sockets; two missed end one",
    }),
  limitsSocketsPerUser: z._default(count("limits.sockets-per-user"), 64)
    .register(ABOUT, {
      key: "limits.sockets-per-user",
      value: "N",
      help: "open sockets of one user",
    }),
  limitsSocketsPerAddress: z._default(count("limits.sockets-per-address"), 256)
    .register(ABOUT, {
      key: "limits.sockets-per-address",
      value: "N",
      help: "open sockets of one address; behind a proxy all have its",
    }),
  limitsConnectionsPerAddress: z._default(count("limits.connections-per-address"), 512)
    .register(ABOUT, {
      key: "limits.connections-per-address",
      value: "N",
      help: "connections of one address, sockets among them",
    }),
  limitsRequests: z._default(count("limits.requests"), 100)
    .register(ABOUT, {
      key: "limits.requests",
      value: "N",
      help: "requests a second of one user, or of one address without",
    }),
  limitsMessages: z._default(count("limits.messages"), 100)
    .register(ABOUT, {
      key: "limits.messages",
      value: "N",
      help: "messages a second on one socket",
    }),
  limitsMessagesPerUser: z._default(count("limits.messages-per-user"), 1000)
    .register(ABOUT, {
      key: "limits.messages-per-user",
      value: "N",
      help: "messages a second of one user, on all sockets",
    }),
  limitsCommands: z._default(count("limits.commands"), 60)
    .register(ABOUT, { key: "limits.commands", value: "N", help: "commands a minute of one user" }),
  limitsConsoleBytes: z._default(count("limits.console-bytes"), 256 * 1024)
    .register(ABOUT, {
      key: "limits.console-bytes",
      value: "N",
      help: "bytes a second that one user types; more has to wait",
    }),
  recordingsAuto: z._default(z.enum(["off", "all"], { error: "is off or all" }), "off")
    .register(ABOUT, {
      key: "recordings.auto",
      value: "off|all",
      help: "record the console of every guest",
    }),
  recordingsInput: z._default(switched, false)
    .register(ABOUT, {
      key: "recordings.input",
      value: "true|false",
      help: "record what is typed, too",
    }),
  recordingsMaxSize: z._default(bytes("recordings.max-size", 1024), 64 * 1024 ** 2)
    .register(ABOUT, {
      key: "recordings.max-size",
      value: "BYTES",
      help: "at which a recording ends",
    }),
  recordingsMaxAge: z._default(amount("recordings.max-age", "days", 0, 36_500), 30)
    .register(ABOUT, {
      key: "recordings.max-age",
      value: "DAYS",
      help: "that a recording is kept",
    }),
  recordingsMaxTotal: z._default(bytes("recordings.max-total", 1024), 2 * 1024 ** 3)
    .register(ABOUT, {
      key: "recordings.max-total",
      value: "BYTES",
      help: "of all; the oldest go first",
    }),
  auditRetention: z._default(amount("audit.retention", "days", 1, 36_500), 365)
    .register(ABOUT, {
      key: "audit.retention",
      value: "DAYS",
      help: "that the audit log keeps a record",
    }),
  metricsAccess: z._default(
    z.enum(["loopback", "token"], { error: "is loopback or token" }),
    "loopback",
  ).register(ABOUT, {
    key: "metrics.access",
    value: "loopback|token",
    help: "who reads /metrics without signing in",
  }),
}).check(
  z.refine((config) => (config.tlsCert === undefined) === (config.tlsKey === undefined), {
    error: "--tls-cert and --tls-key go together: give both or neither",
  }),
  z.refine((config) => config.tls !== "off" || config.tlsCert === undefined, {
    error: "--tls off and --tls-cert do not go together",
  }),
  z.refine(
    ({ tls, listen, trustedProxies }) =>
      tls !== "off" || isLoopback(listen.hostname) || trustedProxies.length > 0,
    {
      error:
        "--tls off, where others can connect, is for a proxy that has TLS: name it with --trusted-proxies",
    },
  ),
);

export type Config = z.output<typeof ConfigSchema>;

export interface Setting {
  /** Its name in the schema and in `Config`. */
  name: string;
  /** Its key in the config file; a dot stands for a table. */
  key: string;
  flag: string;
  variable: string;
  /** What its value looks like, for the help. */
  value: string;
  help: string;
  /** Its default, as a person would write it; null without one. */
  usual: string | null;
  /** What its value may be, where that is not in `value`. */
  range: string | null;
}

export const SETTINGS: readonly Setting[] = Object.entries(ConfigSchema.shape).map(
  ([name, schema]) => {
    const { innerType, defaultValue }: { innerType: z.ZodMiniType; defaultValue?: unknown } =
      schema.def;
    const { key, value, help, usual = defaultValue } = ABOUT.get(schema)!;
    const { range = null } = RANGES.get(innerType) ?? {};
    const flag = key.replaceAll(".", "-");
    const variable = `VIRTGLASS_${flag.replaceAll("-", "_").toUpperCase()}`;
    // An empty list is none.
    const told = String(usual ?? "") || null;
    return { name, key, flag, variable, value, help, usual: told, range };
  },
);
