import * as z from "zod";
import { HEARTBEAT_INTERVAL } from "@/protocol.ts";
import { family, isLoopback } from "../network/addresses.ts";

/** Where to listen. Port 0 lets the system choose one. */
export interface Address {
  hostname: string;
  port: number;
}

const ADDRESS = /^(?:\[(?<six>[0-9A-Fa-f:.]+)\]|(?<host>[^\s:[\]/]+)):(?<port>\d{1,5})$/;

const address = z.string().transform((text, context): Address => {
  const { six, host, port } = ADDRESS.exec(text)?.groups ?? {};
  const hostname = six ?? host;
  if (hostname !== undefined && Number(port) <= 65535) return { hostname, port: Number(port) };
  context.addIssue(`"${text}" is not HOST:PORT, such as 127.0.0.1:8480 or [::1]:8480`);
  return z.NEVER;
});

/** Numbers of the file, and decimal texts of flags and variables; `Number` would take "" for 0. */
const number = (what: string) =>
  z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number)], {
    error: `is not a ${what}`,
  });

const amount = (name: string, unit: string, least: number, most: number) =>
  number(`number of ${unit}`).refine((value) => value >= least && value <= most, {
    error: `${name} is ${least} to ${most} ${unit}`,
  }).meta({ range: `${least} to ${most} ${unit}` });

const seconds = (name: string, most: number, least = 0) => amount(name, "seconds", least, most);

/** More bytes than a disk has. */
const ANY = 2 ** 50;

/** Whole ones: half a byte is nothing that could be kept or counted. */
const bytes = (name: string, least: number, most = ANY) =>
  amount(name, "bytes", least, most).refine(Number.isInteger, {
    error: `${name} is a whole number of bytes`,
  }).meta({ range: most === ANY ? `${least} or more` : `${least} to ${most} bytes` });

const MOST = 1_000_000_000;

const count = (name: string) =>
  number("whole number").refine((value) => Number.isInteger(value) && value >= 1 && value <= MOST, {
    error: `${name} is a whole number from 1 to ${MOST}`,
  }).meta({ range: "1 or more" });

/** Of the file as it is, of flags and variables as a word. */
const switched = z.union([
  z.boolean(),
  z.enum(["true", "false"]).transform((word) => word === "true"),
], { error: "is true or false" });

/** A list of the file, or texts of flags and variables with commas between. */
const listed = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(",").map((item) => item.trim()).filter(Boolean)),
], { error: "is not a list" });

const hostNames = listed.refine((names) => names.every((name) => HOST_NAME.test(name)), {
  error: "are names such as vms.example.org, without a scheme or a port",
}).transform((names) => names.map((name) => name.toLowerCase()));

const HOST_NAME = /^[A-Za-z\d_]([A-Za-z\d_.-]*[A-Za-z\d_])?$|^[\da-fA-F:]+$/;

const subnets = listed.refine((items) => items.every(isSubnet), {
  error: "are addresses or subnets such as 10.0.0.5 or 10.0.0.0/8",
});

function isSubnet(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const kind = family(address);
  if (kind === null || rest.length > 0) return false;
  return bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === "ipv4" ? 32 : 128));
}

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
  connect: z.string().min(1).default("qemu:///system")
    .meta({ key: "connect", value: "URI", help: "libvirt to connect to" }),
  listen: address.prefault("127.0.0.1:8480")
    .meta({ key: "listen", value: "HOST:PORT", help: "where to listen" }),
  dataDir: z.string().min(1).default(defaultDataDir)
    .meta({
      key: "data-dir",
      value: "DIR",
      help: "users, sessions, history",
      usual: "/var/lib/virtglass for root, else ~/.local/share/virtglass",
    }),
  tlsCert: z.string().min(1).optional()
    .meta({ key: "tls-cert", value: "FILE", help: "certificate chain, PEM" }),
  tlsKey: z.string().min(1).optional()
    .meta({ key: "tls-key", value: "FILE", help: "private key, PEM" }),
  tls: z.enum(["auto", "on", "off"], { error: "is auto, on or off" }).default("auto")
    .meta({ key: "tls", value: "auto|on|off", help: "auto: on, but for loopback alone" }),
  trustedProxies: subnets.default([])
    .meta({
      key: "trusted-proxies",
      value: "ADDRESS,...",
      help: "proxies whose X-Forwarded- counts",
    }),
  allowedHosts: hostNames.default([])
    .meta({ key: "allowed-hosts", value: "NAME,...", help: "further names of this server" }),
  logFormat: z.enum(["json", "pretty"], { error: "is json or pretty" }).default("pretty")
    .meta({ key: "log-format", value: "json|pretty", help: "how log lines look" }),
  consoleLinger: seconds("console.linger", 86_400).default(60)
    .meta({ key: "console.linger", value: "S", help: "keep a console after its last viewer" }),
  consoleScrollback: bytes("console.scrollback", 4096, 64 * 1024 ** 2).default(1024 * 1024)
    .meta({ key: "console.scrollback", value: "BYTES", help: "what is kept of a VM's console" }),
  consoleCapture: z.enum(["viewed", "always"], { error: "is viewed or always" }).default("viewed")
    .meta({ key: "console.capture", value: "viewed|always", help: "whose consoles are kept open" }),
  commandsTimeout: seconds("commands.timeout", 3_600).default(60)
    .meta({ key: "commands.timeout", value: "S", help: "time a guest has to shut down or reboot" }),
  sessionsLifetime: seconds("sessions.lifetime", 366 * 86_400, 60).default(7 * 86_400)
    .meta({ key: "sessions.lifetime", value: "S", help: "after which one has to sign in again" }),
  sessionsIdle: seconds("sessions.idle", 366 * 86_400, 60).default(12 * 3_600)
    .meta({ key: "sessions.idle", value: "S", help: "after which an unused session ends" }),
  authQueryToken: z.enum(["any", "ticket"], { error: "is any or ticket" }).default("any")
    .meta({ key: "auth.query-token", value: "any|ticket", help: "what ?token= of a socket takes" }),
  socketsHeartbeat: seconds("sockets.heartbeat", 60, 1).default(HEARTBEAT_INTERVAL)
    .meta({ key: "sockets.heartbeat", value: "S", help: "beat of sockets; two missed end one" }),
  limitsSocketsPerUser: count("limits.sockets-per-user").default(64)
    .meta({ key: "limits.sockets-per-user", value: "N", help: "open sockets of one user" }),
  limitsSocketsPerAddress: count("limits.sockets-per-address").default(256)
    .meta({
      key: "limits.sockets-per-address",
      value: "N",
      help: "open sockets of one address; behind a proxy all have its",
    }),
  limitsConnectionsPerAddress: count("limits.connections-per-address").default(512)
    .meta({
      key: "limits.connections-per-address",
      value: "N",
      help: "connections of one address, sockets among them",
    }),
  limitsRequests: count("limits.requests").default(100)
    .meta({
      key: "limits.requests",
      value: "N",
      help: "requests a second of one user, or of one address without",
    }),
  limitsMessages: count("limits.messages").default(100)
    .meta({ key: "limits.messages", value: "N", help: "messages a second on one socket" }),
  limitsMessagesPerUser: count("limits.messages-per-user").default(1000)
    .meta({
      key: "limits.messages-per-user",
      value: "N",
      help: "messages a second of one user, on all sockets",
    }),
  limitsCommands: count("limits.commands").default(60)
    .meta({ key: "limits.commands", value: "N", help: "commands a minute of one user" }),
  limitsConsoleBytes: count("limits.console-bytes").default(256 * 1024)
    .meta({
      key: "limits.console-bytes",
      value: "N",
      help: "bytes a second that one user types; more has to wait",
    }),
  recordingsAuto: z.enum(["off", "all"], { error: "is off or all" }).default("off")
    .meta({ key: "recordings.auto", value: "off|all", help: "record the console of every guest" }),
  recordingsInput: switched.default(false)
    .meta({ key: "recordings.input", value: "true|false", help: "record what is typed, too" }),
  recordingsMaxSize: bytes("recordings.max-size", 1024).default(64 * 1024 ** 2)
    .meta({ key: "recordings.max-size", value: "BYTES", help: "at which a recording ends" }),
  recordingsMaxAge: amount("recordings.max-age", "days", 0, 36_500).default(30)
    .meta({ key: "recordings.max-age", value: "DAYS", help: "that a recording is kept" }),
  recordingsMaxTotal: bytes("recordings.max-total", 1024).default(2 * 1024 ** 3)
    .meta({ key: "recordings.max-total", value: "BYTES", help: "of all; the oldest go first" }),
  auditRetention: amount("audit.retention", "days", 1, 36_500).default(365)
    .meta({ key: "audit.retention", value: "DAYS", help: "that the audit log keeps a record" }),
  metricsAccess: z.enum(["loopback", "token"], { error: "is loopback or token" })
    .default("loopback")
    .meta({
      key: "metrics.access",
      value: "loopback|token",
      help: "who reads /metrics without signing in",
    }),
}).refine((config) => (config.tlsCert === undefined) === (config.tlsKey === undefined), {
  error: "--tls-cert and --tls-key go together: give both or neither",
}).refine((config) => config.tls !== "off" || config.tlsCert === undefined, {
  error: "--tls off and --tls-cert do not go together",
}).refine(
  ({ tls, listen, trustedProxies }) =>
    tls !== "off" || isLoopback(listen.hostname) || trustedProxies.length > 0,
  {
    error:
      "--tls off, where others can connect, is for a proxy that has TLS: name it with --trusted-proxies",
  },
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
    const meta = schema.meta() as unknown as Meta;
    const { innerType, defaultValue }: { innerType: z.ZodType; defaultValue?: unknown } =
      schema.def;
    const { key, value, help, usual = defaultValue } = meta;
    const { range = null } = (innerType.meta() ?? {}) as { range?: string };
    const flag = key.replaceAll(".", "-");
    const variable = `VIRTGLASS_${flag.replaceAll("-", "_").toUpperCase()}`;
    // An empty list is none.
    const told = String(usual ?? "") || null;
    return { name, key, flag, variable, value, help, usual: told, range };
  },
);

/** What the schema says of each setting beside its type. */
interface Meta {
  key: string;
  value: string;
  help: string;
  usual?: unknown;
}
