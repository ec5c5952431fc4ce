import { type Setting, SETTINGS } from "@/services/config/mod.ts";
import { formatted } from "./formatted.ts";

/** docs/CONFIGURATION.md, from the schema of the settings. */
export async function configurationPage(): Promise<string> {
  const general = SETTINGS.filter(({ key }) => !key.includes("."));
  const tables = Map.groupBy(
    SETTINGS.filter(({ key }) => key.includes(".")),
    ({ key }) => key.split(".")[0]!,
  );
  const sections = [...tables].map(([name, settings]) => `## \`[${name}]\`\n\n${table(settings)}`);
  return await formatted(`${INTRODUCTION}
## General

${table(general)}

${sections.join("\n\n")}
`);
}

const INTRODUCTION = `# Configuration

<!-- Written by \`deno task docs\` from services/config/settings.ts: change it there. -->

virtglass runs without any of this. Each setting can be given in three ways; the first that gives it
counts:

1. a flag of \`virtglass serve\`: \`--console-linger 30\`
2. an environment variable: \`VIRTGLASS_CONSOLE_LINGER=30\`
3. the config file, in TOML, named by \`--config FILE\` or \`VIRTGLASS_CONFIG\`:

\`\`\`toml
listen = "0.0.0.0:8480"

[console]
linger = 30
\`\`\`

A dot in a setting's name is a table of the file; in flags it is a dash, in variables dashes and dots
are underscores. A setting that does not exist, or a value that cannot be, ends the start with exit
code 2 and a line that says where it stands. To ask before:

    virtglass config check /etc/virtglass.toml
    virtglass config list
`;

const table = (settings: Setting[]) =>
  ["| setting | value | default | what it is for |", "| - | - | - | - |", ...settings.map(row)]
    .join("\n");

function row({ key, value, usual, range, help }: Setting): string {
  const words = value.split("|").map((word) => `\`${word}\``).join(" or ");
  const may = range === null ? words : `${words}, ${range}`;
  const told = usual === null ? "" : /[\s,]/.test(usual) ? usual : `\`${usual}\``;
  return `| \`${key}\` | ${may} | ${told} | ${help} |`;
}
