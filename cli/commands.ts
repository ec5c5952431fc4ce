import { ROLES } from "@/protocol/words.ts";
import { SETTINGS } from "@/services/config/mod.ts";
import type { Arguments, FlagTypes } from "./arguments.ts";

export interface Flag {
  name: string;
  /** What its value looks like: "FILE", "DIR", or words to choose from, "json|pretty". */
  value?: string;
  help: string;
  /** Of a setting, its key in the config file. */
  setting?: string;
}

/** One thing that a command does. */
export interface Action {
  /** Words and values in their order: "add NAME", "bash|zsh|fish"; "" for a command that does one thing. */
  takes: string;
  help: string;
}

/**
 * One command of `virtglass`. What is said of it here is all there is: reading the command line, the
 * help, the completions and the man page come out of it.
 */
export interface Command {
  name: string;
  help: string;
  actions: readonly Action[];
  flags: readonly Flag[];
  /** Loads what it needs when it is asked for; resolves with the exit code. */
  run(args: Arguments): Promise<number | void>;
}

const CONFIG: Flag = { name: "config", value: "FILE", help: "TOML file with any of the settings" };
const DATA_DIR: Flag = { name: "data-dir", value: "DIR", help: "the server's data folder" };

/** Settings as flags: whatever a server can be told. */
const SETTING_FLAGS: readonly Flag[] = [
  ...SETTINGS.map(({ key, flag, value, help }) => ({ name: flag, value, help, setting: key })),
  CONFIG,
];

export const COMMANDS: readonly Command[] = [
  {
    name: "serve",
    help: "the server",
    actions: [{ takes: "", help: "runs until SIGTERM or SIGINT" }],
    flags: SETTING_FLAGS,
    run: async (args) => await (await import("./serve.ts")).serve(args),
  },
  {
    name: "user",
    help: "who may sign in",
    actions: [
      { takes: "add NAME", help: "lets somebody sign in, at once" },
      { takes: "list", help: "tells who may sign in" },
      { takes: "passwd NAME", help: "changes a password" },
      { takes: "remove NAME", help: "lets somebody sign in no more" },
      { takes: "disable NAME", help: "keeps somebody out for a while" },
      { takes: "enable NAME", help: "lets them in again" },
      { takes: "role NAME ROLE", help: "a role on all VMs, instead of grants" },
      { takes: "grant NAME VM ROLE", help: "a role on one VM, instead of on all" },
      { takes: "revoke NAME VM", help: "takes that away" },
      { takes: "reset-2fa NAME", help: "turns off a second factor that is lost" },
    ],
    flags: [
      { name: "role", value: ROLES.join("|"), help: "for add (default: viewer)" },
      { name: "password-stdin", help: "read the password from standard input" },
      { name: "connect", value: "URI", help: "for grant: the libvirt that knows the VM" },
      DATA_DIR,
      CONFIG,
    ],
    run: async (args) => await (await import("./user.ts")).user(args),
  },
  {
    name: "audit",
    help: "what was done, by whom",
    actions: [
      { takes: "verify", help: "whether the log is whole; exit 1 when not" },
      { takes: "export", help: "the log as JSON lines" },
    ],
    flags: [
      { name: "head", value: "SEQ:HASH", help: "for verify: as an earlier one printed it" },
      { name: "since", value: "TIME", help: "for export: records from then on" },
      DATA_DIR,
      CONFIG,
    ],
    run: async (args) => await (await import("./audit.ts")).audit(args),
  },
  {
    name: "doctor",
    help: "what is wrong here, and what to do",
    actions: [{ takes: "", help: "looks, and ends with 1 for a failure" }],
    flags: [{ name: "json", help: "answer in JSON" }, ...SETTING_FLAGS],
    run: async (args) => await (await import("./doctor/mod.ts")).doctor(args),
  },
  {
    name: "backup",
    help: "writes the data folder to one file",
    actions: [{ takes: "FILE", help: "a new file; also while the server runs" }],
    flags: [DATA_DIR, CONFIG],
    run: async (args) => await (await import("./backup.ts")).backup(args),
  },
  {
    name: "restore",
    help: "makes a data folder of a backup",
    actions: [{ takes: "FILE", help: "into a folder without a store" }],
    flags: [DATA_DIR, CONFIG],
    run: async (args) => await (await import("./backup.ts")).restore(args),
  },
  {
    name: "service",
    help: "a systemd service of this executable",
    actions: [
      { takes: "install", help: "installs, or upgrades, and starts it" },
      { takes: "uninstall", help: "leaves nothing but the data folder" },
    ],
    flags: [{ name: "root", value: "DIR", help: "the root of another machine's files" }],
    run: async (args) => await (await import("./service/mod.ts")).service(args),
  },
  {
    name: "config",
    help: "the config file and all settings",
    actions: [
      { takes: "check FILE", help: "says whether a server could use this file" },
      { takes: "list", help: "all settings and their defaults" },
    ],
    flags: [],
    run: async (args) => await (await import("./config.ts")).config(args),
  },
  {
    name: "demo",
    help: "a tiny real VM, and a server to watch it",
    actions: [{ takes: "", help: "boots it, and takes it away at the end" }],
    flags: [
      { name: "port", value: "PORT", help: "on 127.0.0.1 (default: 8480; 0: any)" },
      { name: "keep", help: "leave the VM running at the end" },
      { name: "connect", value: "URI", help: "the libvirt that runs it" },
    ],
    run: async (args) => await (await import("./demo/mod.ts")).demo(args),
  },
  {
    name: "completions",
    help: "what your shell needs to complete all this",
    actions: [{ takes: "bash|zsh|fish", help: "writes it to standard output" }],
    flags: [],
    run: async (args) => (await import("./completions/mod.ts")).completions(args),
  },
];

export function findCommand(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}

/** What `readArguments` is to know of a command's flags. */
export function flagTypes({ flags }: Command): FlagTypes {
  return Object.fromEntries(
    flags.map(({ name, value }) => [name, value === undefined ? "boolean" : "string"]),
  );
}
