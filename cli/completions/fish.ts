import { places } from "../actions.ts";
import type { Command, Flag } from "../commands.ts";
import { offerOf, spotsOf } from "./offers.ts";

/** Lines of fish's `complete`, each for one word or flag, with what it is for. */
export function fish(commands: readonly Command[]): string {
  return `# fish completion for virtglass; made by: virtglass completions fish
complete -c virtglass -f
complete -c virtglass -n __fish_use_subcommand -l help -d 'the commands'
complete -c virtglass -n __fish_use_subcommand -l version
${commands.flatMap(linesOf).join("\n")}
`;
}

function linesOf(command: Command): string[] {
  const { name, help, flags, actions } = command;
  const seen = `__fish_seen_subcommand_from ${name}`;
  const begin = actions.flatMap(({ takes, help }) =>
    (places(takes)[0]?.choices ?? []).map((word) => [word, help] as const)
  );
  const words = begin.map(([word]) => word).join(" ");
  return [
    line("__fish_use_subcommand", `-a ${name} -d ${quoted(help)}`),
    ...begin.map(([word, help]) =>
      line(`${seen}; and not __fish_seen_subcommand_from ${words}`, `-a ${word} -d ${quoted(help)}`)
    ),
    ...spotsOf(command).filter(({ offer }) => offer === "files").map(({ first }) =>
      line(first === null ? seen : `${seen}; and __fish_seen_subcommand_from ${first}`, "-F")
    ),
    ...flags.map((flag) => line(seen, flagOf(flag))),
    line(seen, "-l help -d 'what this command takes'"),
  ];
}

const line = (condition: string, what: string) => `complete -c virtglass -n '${condition}' ${what}`;

function flagOf({ name, value, help }: Flag): string {
  const told = `-d ${quoted(help)}`;
  if (value === undefined) return `-l ${name} ${told}`;
  const offer = offerOf(value);
  if (offer === "files") return `-l ${name} -r -F ${told}`;
  if (offer === "folders") return `-l ${name} -x -a '(__fish_complete_directories)' ${told}`;
  return `-l ${name} -x ${offer === "nothing" ? "" : `-a '${offer.join(" ")}' `}${told}`;
}

const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
