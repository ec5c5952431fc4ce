import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { hasProgram, run } from "@/cli/run.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { COMMANDS, findCommand } from "../commands.ts";
import { SHELLS } from "./mod.ts";

type Shell = keyof typeof SHELLS;

interface Question {
  script: string;
  line: string;
  folder: string;
  offered: string[];
}

/** What the shell offers for the last word of this line; files are those of `folder`. */
const ASK: Record<Shell, (question: Question) => Promise<string>> = {
  bash: ({ script, line, folder }) =>
    ask("bash", folder, [
      "-c",
      // compopt complains where nobody is completing.
      `source "$1"; COMP_WORDS=("\${@:2}"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
       _virtglass 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ...["bash", script, ...line.split(" ")],
    ]),
  zsh: ({ script, line, folder, offered }) =>
    ask("zsh", folder, [
      "-fc",
      // A terminal of its own, where Ctrl-N lists what there is, sorted; read up to the last of it.
      `zmodload zsh/zpty
       zpty z zsh -f -i
       zpty -w z "setopt list_rows_first; autoload -Uz compinit; compinit -D -u; source $1; bindkey ^N list-choices; echo beg''in"
       zpty -r z out '*begin*'
       zpty -w -n z "$2"$'\\C-n'
       zpty -r z out "*$3*"; print -r -- "$out"`,
      ...["zsh", script, line, offered.toSorted().at(-1)!],
    ]),
  fish: ({ script, line, folder }) =>
    ask("fish", folder, ["-c", "source $argv[1]; complete -C $argv[2]", script, line]),
};

async function ask(shell: Shell, cwd: string, args: string[]): Promise<string> {
  const env = { TERM: "xterm", HOME: cwd };
  return await run("timeout", ["20", shell, ...args], { cwd, env });
}

/** The first word of each of its actions. */
function actionsOf(name: string): string[] {
  return findCommand(name)!.actions.map(({ takes }) => takes.split(" ")[0]!);
}

const CASES: [line: string, offered: string[], not: string[]][] = [
  ["virtglass ", COMMANDS.map(({ name }) => name), ["admin"]],
  ["virtglass user ", actionsOf("user"), ["bash", "serve"]],
  ["virtglass user --", ["--role", "--password-stdin", "--data-dir"], ["--listen"]],
  ["virtglass serve --log-format ", ["json", "pretty"], ["--config"]],
  ["virtglass serve --config ", ["here.toml"], ["json"]],
  ["virtglass serve --data-dir ", ["folder"], ["here.toml"]],
  ["virtglass config check ", ["here.toml"], ["list"]],
  ["virtglass completions ", ["bash", "zsh", "fish"], ["here.toml"]],
];

for (const shell of Object.keys(SHELLS) as Shell[]) {
  const ignore = !await hasProgram(shell);
  if (ignore) console.log(`skipped: completions ${shell}: ${shell} is not installed`);
  for (const [line, offered, not] of CASES) {
    Deno.test(
      { name: `completions ${shell}: "${line}" offers ${offered.join(" ")}`, ignore },
      async () => {
        using folder = temporaryFolder();
        const script = `${folder.path}/.script`;
        Deno.writeTextFileSync(script, SHELLS[shell](COMMANDS));
        Deno.writeTextFileSync(`${folder.path}/here.toml`, "");
        Deno.mkdirSync(`${folder.path}/folder`);
        const answer = await ASK[shell]({ script, line, folder: folder.path, offered });
        const words = new Set(stripVTControlCharacters(answer).split(/[\s/]+/));
        for (const word of offered) assert.ok(words.has(word), `"${word}" in ${answer}`);
        for (const word of not) assert.ok(!words.has(word), `no "${word}" in ${answer}`);
      },
    );
  }
}
