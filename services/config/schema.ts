import * as z from "zod";
import { HEARTBEAT_INTERVAL } from "@/protocol.ts";

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
  });

const seconds = (name: string, most: number, least = 0) => amount(name, "seconds", least, most);

/** Whole ones: half a byte is nothing that could be kept or counted. */
const bytes = (name: string, least: number, most = 2 ** 50) =>
  amount(name, "bytes", least, most).refine(Number.isInteger, {
    error: `${name} is a whole number of bytes`,
  });

const MOST = 1_000_000_000;

const count = (name: string) =>
  number("whole number").refine((value) => Number.isInteger(value) && value >= 1 && value <= MOST, {
    error: `${name} is a whole number from 1 to ${MOST}`,
  });

/** Of the file as it is, of flags and variables as a word. */
const switched = z.union([
  z.boolean(),
  z.enum(["true", "false"]).transform((word) => word === "true"),
], { error: "is true or false" });

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
    .meta({ key: "data-dir", value: "DIR", help: "users, sessions, history" }),
  tlsCert: z.string().min(1).optional()
    .meta({ key: "tls-cert", value: "FILE", help: "certificate chain, PEM" }),
  tlsKey: z.string().min(1).optional()
    .meta({ key: "tls-key", value: "FILE", help: "private key, PEM" }),
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
  metricsAccess: z.enum(["loopback", "token"], { error: "is loopback or token" })
    .default("loopback")
    .meta({
      key: "metrics.access",
      value: "loopback|token",
      help: "who reads /metrics without signing in",
    }),
}).refine((config) => (config.tlsCert === undefined) === (config.tlsKey === undefined), {
  error: "--tls-cert and --tls-key go together: give both or neither",
});

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
}

export const SETTINGS: readonly Setting[] = Object.entries(ConfigSchema.shape).map(
  ([name, schema]) => {
    const { key, value, help } = schema.meta() as { key: string; value: string; help: string };
    const flag = key.replaceAll(".", "-");
    const variable = `VIRTGLASS_${flag.replaceAll("-", "_").toUpperCase()}`;
    return { name, key, flag, variable, value, help };
  },
);
