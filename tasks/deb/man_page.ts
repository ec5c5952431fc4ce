import { type Command, COMMANDS } from "@/cli/commands.ts";

/** virtglass(1), from the one description of the commands. */
export function manPage(date: string, version: string): string {
  return `.TH VIRTGLASS 1 "${date}" "virtglass ${version}"
.SH NAME
virtglass \\- the virtual machines of a libvirt host, live in the browser
.SH SYNOPSIS
${
    COMMANDS.flatMap(({ name, actions }) =>
      actions.map(({ takes }) => `.B virtglass ${roff(name)}\n${roff(takes)} [flags]\n.br`)
    ).join("\n")
  }
.SH COMMANDS
${COMMANDS.map(section).join("\n")}
.SH ENVIRONMENT
Each flag of
.B virtglass serve
is also a variable:
.B \\-\\-data\\-dir
is
.BR VIRTGLASS_DATA_DIR .
.SH EXIT STATUS
0 when it went well, 2 for a command line or a setting that cannot be, 1 for everything else.
.SH FILES
.TP
.I /etc/default/virtglass
Settings of the service, as variables.
.TP
.I /var/lib/virtglass
The data folder of the service.
.SH SEE ALSO
.BR virsh (1),
.BR libvirtd (8)
`;
}

function section({ name, help, actions, flags }: Command): string {
  const ways = actions.map(({ takes, help }) =>
    `.TP\n.B virtglass ${roff(`${name} ${takes}`.trim())}\n${sentence(help)}`
  );
  const told = flags.map(({ name, value, help }) =>
    `.TP\n.B \\-\\-${roff(name)}${value === undefined ? "" : ` ${roff(value)}`}\n${sentence(help)}`
  );
  return `.SS ${roff(name)}: ${roff(help)}\n${[...ways, ...told].join("\n")}`;
}

const roff = (text: string) => text.replaceAll("\\", "\\e").replaceAll("-", "\\-");

/** A line that begins with a dot or a quote would be a request. */
const sentence = (text: string) => roff(`${text[0]!.toUpperCase()}${text.slice(1)}.`);
