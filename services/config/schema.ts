import * as z from "zod";

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
const number = z.union([
  z.number(),
  z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number),
], { error: "is not a number" });

const seconds = (name: string, most: number) =>
  number.refine((value) => value >= 0 && value <= most, {
    error: `${name} is 0 to ${most} seconds`,
  });

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
  consoleScrollback: number.refine((value) => value >= 4096 && value <= 64 * 1024 * 1024, {
    error: "console.scrollback is 4096 to 67108864 bytes",
  }).default(1024 * 1024)
    .meta({ key: "console.scrollback", value: "BYTES", help: "what is kept of a VM's console" }),
  consoleCapture: z.enum(["viewed", "always"], { error: "is viewed or always" }).default("viewed")
    .meta({ key: "console.capture", value: "viewed|always", help: "whose consoles are kept open" }),
  commandsTimeout: seconds("commands.timeout", 3_600).default(60)
    .meta({ key: "commands.timeout", value: "S", help: "time a guest has to shut down or reboot" }),
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
