import { type Action, type Command, COMMANDS, type Flag } from "./commands.ts";

/** Where the second column begins; what is longer is followed by it after two blanks. */
const COLUMN = 34;

const line = (left: string, right: string) => `  ${left.padEnd(COLUMN - 4)}  ${right}`;

/** `virtglass --help`: the commands. Fits a terminal of 80 by 24. */
export function overview(): string {
  const commands = COMMANDS.map(({ name, help }) => line(`virtglass ${name}`, help));
  return `virtglass shows and controls the VMs of a libvirt host, live in the browser.

${commands.join("\n")}
${line("virtglass COMMAND --help", "what a command takes")}
${line("virtglass --version", "")}`.trimEnd() + `

To begin:
  virtglass user add NAME --role admin
  virtglass serve`;
}

/** `virtglass COMMAND --help`. Settings of a table, such as console.linger, are left to their list. */
export function helpOf({ name, actions, flags }: Command): string {
  const shown = flags.filter(({ setting }) => !setting?.includes("."));
  const ways = actions.map(({ takes, help }: Action) => line(way(name, takes), help));
  const parts = [ways.join("\n")];
  if (shown.length > 0) parts.push(["Flags:", ...shown.map(flagLine)].join("\n"));
  if (flags.some(({ setting }) => setting !== undefined)) {
    const more = flags.length - shown.length;
    parts.push(
      `Each is also an environment variable, --data-dir VIRTGLASS_DATA_DIR, and
a key of the config file. ${more} more settings: virtglass config list`,
    );
  }
  return parts.join("\n\n");
}

const way = (name: string, takes: string) => `virtglass ${name} ${takes}`.trimEnd();

function flagLine({ name, value, help }: Flag): string {
  return line(value === undefined ? `--${name}` : `--${name} ${value}`, help);
}
