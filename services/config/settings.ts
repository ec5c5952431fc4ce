import { HEARTBEAT_INTERVAL } from "@/protocol/limits.ts";
import { isLoopback } from "../network/addresses.ts";
import {
  address,
  bytes,
  count,
  days,
  hostNames,
  type Kind,
  seconds,
  subnets,
  text,
  word,
  yesOrNo,
} from "./kinds.ts";

/** What is said of a setting beside its kind. */
interface About<Value> {
  /** Its name in the file; `--key` and `VIRTGLASS_KEY` follow from it. */
  key: string;
  help: string;
  /** Its default. */
  usual: Value | (() => Value);
  /** The default as a person would write it, where it is not written as it is. */
  usually?: string;
}

type Described<Value> = Kind<Value> & About<Value>;

const setting = <Value>(kind: Kind<Value>, about: About<NoInfer<Value>>): Described<Value> => ({
  ...kind,
  ...about,
});

/** One that may be without a value. */
const without = <Value>(kind: Kind<Value>, about: Omit<About<Value>, "usual">) =>
  setting<Value | undefined>(kind, { ...about, usual: undefined });

function defaultDataDir(): string {
  if (Deno.uid() === 0) return "/var/lib/virtglass";
  const base = Deno.env.get("XDG_DATA_HOME") ?? `${Deno.env.get("HOME") ?? "."}/.local/share`;
  return `${base}/virtglass`;
}

/**
 * All settings, by their names in `Config`. Flags, environment variables, keys of the config file,
 * defaults, the help text and the table in the docs come out of this.
 */
const DESCRIBED = {
  connect: setting(text("URI"), {
    key: "connect",
    help: "libvirt to connect to",
    usual: "qemu:///system",
  }),
  listen: setting(address, {
    key: "listen",
    help: "where to listen",
    usual: { hostname: "127.0.0.1", port: 8480 },
    usually: "127.0.0.1:8480",
  }),
  dataDir: setting(text("DIR"), {
    key: "data-dir",
    help: "users, sessions, history",
    usual: defaultDataDir,
    usually: "/var/lib/virtglass for root, else ~/.local/share/virtglass",
  }),
  tlsCert: without(text("FILE"), { key: "tls-cert", help: "certificate chain, PEM" }),
  tlsKey: without(text("FILE"), { key: "tls-key", help: "private key, PEM" }),
  tls: setting(word("auto", "on", "off"), {
    key: "tls",
    help: "auto: on, but for loopback alone",
    usual: "auto",
  }),
  trustedProxies: setting(subnets, {
    key: "trusted-proxies",
    help: "proxies whose X-Forwarded- counts",
    usual: [],
  }),
  allowedHosts: setting(hostNames, {
    key: "allowed-hosts",
    help: "further names of this server",
    usual: [],
  }),
  logFormat: setting(word("json", "pretty"), {
    key: "log-format",
    help: "how log lines look",
    usual: "pretty",
  }),
  consoleLinger: setting(seconds(86_400), {
    key: "console.linger",
    help: "keep a console after its last viewer",
    usual: 60,
  }),
  consoleScrollback: setting(bytes(4096, 64 * 1024 ** 2), {
    key: "console.scrollback",
    help: "what is kept of a VM's console",
    usual: 1024 * 1024,
  }),
  consoleCapture: setting(word("viewed", "always"), {
    key: "console.capture",
    help: "whose consoles are kept open",
    usual: "viewed",
  }),
  commandsTimeout: setting(seconds(3_600), {
    key: "commands.timeout",
    help: "time a guest has to shut down or reboot",
    usual: 60,
  }),
  sessionsLifetime: setting(seconds(366 * 86_400, 60), {
    key: "sessions.lifetime",
    help: "after which one has to sign in again",
    usual: 7 * 86_400,
  }),
  sessionsIdle: setting(seconds(366 * 86_400, 60), {
    key: "sessions.idle",
    help: "after which an unused session ends",
    usual: 12 * 3_600,
  }),
  authQueryToken: setting(word("any", "ticket"), {
    key: "auth.query-token",
    help: "what ?token= of a socket takes",
    usual: "any",
  }),
  socketsHeartbeat: setting(seconds(60, 1), {
    key: "sockets.heartbeat",
    help: "beat of sockets; two missed end one",
    usual: HEARTBEAT_INTERVAL,
  }),
  limitsSocketsPerUser: setting(count, {
    key: "limits.sockets-per-user",
    help: "open sockets of one user",
    usual: 64,
  }),
  limitsSocketsPerAddress: setting(count, {
    key: "limits.sockets-per-address",
    help: "open sockets of one address; behind a proxy all have its",
    usual: 256,
  }),
  limitsConnectionsPerAddress: setting(count, {
    key: "limits.connections-per-address",
    help: "connections of one address, sockets among them",
    usual: 512,
  }),
  limitsRequests: setting(count, {
    key: "limits.requests",
    help: "requests a second of one user, or of one address without",
    usual: 100,
  }),
  limitsMessages: setting(count, {
    key: "limits.messages",
    help: "messages a second on one socket",
    usual: 100,
  }),
  limitsMessagesPerUser: setting(count, {
    key: "limits.messages-per-user",
    help: "messages a second of one user, on all sockets",
    usual: 1000,
  }),
  limitsCommands: setting(count, {
    key: "limits.commands",
    help: "commands a minute of one user",
    usual: 60,
  }),
  limitsConsoleBytes: setting(count, {
    key: "limits.console-bytes",
    help: "bytes a second that one user types; more has to wait",
    usual: 256 * 1024,
  }),
  recordingsAuto: setting(word("off", "all"), {
    key: "recordings.auto",
    help: "record the console of every guest",
    usual: "off",
  }),
  recordingsInput: setting(yesOrNo, {
    key: "recordings.input",
    help: "record what is typed, too",
    usual: false,
  }),
  recordingsMaxSize: setting(bytes(1024), {
    key: "recordings.max-size",
    help: "at which a recording ends",
    usual: 64 * 1024 ** 2,
  }),
  recordingsMaxAge: setting(days(0), {
    key: "recordings.max-age",
    help: "that a recording is kept",
    usual: 30,
  }),
  recordingsMaxTotal: setting(bytes(1024), {
    key: "recordings.max-total",
    help: "of all; the oldest go first",
    usual: 2 * 1024 ** 3,
  }),
  auditRetention: setting(days(1), {
    key: "audit.retention",
    help: "that the audit log keeps a record",
    usual: 365,
  }),
  metricsAccess: setting(word("loopback", "token"), {
    key: "metrics.access",
    help: "who reads /metrics without signing in",
    usual: "loopback",
  }),
};

type All = typeof DESCRIBED;
type Name = keyof All;
type ValueOf<Setting> = Setting extends Described<infer Value> ? Value : never;
type Bare = { [N in Name as undefined extends ValueOf<All[N]> ? N : never]?: string };

export type Config = { [N in Exclude<Name, keyof Bare>]: ValueOf<All[N]> } & Bare;

/** What has to be true of settings together. */
const RULES: readonly [holds: (config: Config) => boolean, message: string][] = [
  [
    (config) => (config.tlsCert === undefined) === (config.tlsKey === undefined),
    "--tls-cert and --tls-key go together: give both or neither",
  ],
  [
    (config) => config.tls !== "off" || config.tlsCert === undefined,
    "--tls off and --tls-cert do not go together",
  ],
  [
    ({ tls, listen, trustedProxies }) =>
      tls !== "off" || isLoopback(listen.hostname) || trustedProxies.length > 0,
    "--tls off, where others can connect, is for a proxy that has TLS: name it with --trusted-proxies",
  ],
];

/** A value that cannot be, or values that cannot be together: `name` is null for those. */
export class InvalidSetting extends Error {
  override readonly name = "InvalidSetting";
  readonly setting: string | null;

  constructor(setting: string | null, message: string) {
    super(message);
    this.setting = setting;
  }
}

/**
 * The configuration of these values, by the settings' names; the others have their defaults.
 *
 * @throws InvalidSetting for the first value that is wrong, in the order of the settings
 */
export function configOf(values: Record<string, unknown>): Config {
  const config: Record<string, unknown> = {};
  for (const [name, { key, schema, usual }] of Object.entries<Described<unknown>>(DESCRIBED)) {
    const value = values[name] === undefined
      ? typeof usual === "function" ? usual() : usual
      : read(name, schema(key), values[name]);
    if (value !== undefined) config[name] = value;
  }
  const complete = config as Config;
  for (const [holds, message] of RULES) {
    if (!holds(complete)) throw new InvalidSetting(null, message);
  }
  return complete;
}

function read(name: string, schema: ReturnType<Kind<unknown>["schema"]>, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidSetting(name, result.error.issues[0]!.message);
}

export interface Setting {
  /** Its name in `Config`. */
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

export const SETTINGS: readonly Setting[] = Object.entries<Described<unknown>>(DESCRIBED).map(
  ([name, { key, value, range, help, usual, usually = String(usual ?? "") }]) => {
    const flag = key.replaceAll(".", "-");
    const variable = `VIRTGLASS_${flag.replaceAll("-", "_").toUpperCase()}`;
    // An empty list is none.
    return { name, key, flag, variable, value, help, usual: usually || null, range };
  },
);
