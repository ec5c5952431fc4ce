import type { Command } from "../commands.ts";
import { type Offer, offerOf, spotsOf } from "./offers.ts";

/** A function that bash asks: what the word before or the words so far allow. */
export function bash(commands: readonly Command[]): string {
  const valued = commands.flatMap(({ flags }) => flags)
    .filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`);
  return `# bash completion for virtglass; made by: virtglass completions bash
_virtglass() {
  local word=\${COMP_WORDS[COMP_CWORD]} last=\${COMP_WORDS[COMP_CWORD - 1]}
  local command=\${COMP_WORDS[1]} words="" kind="" at
  local -a given=()
  COMPREPLY=()
  for ((at = 2; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${[...new Set(valued)].join(" | ")}) ((at++)) ;;
      -*) ;;
      *) given+=("\${COMP_WORDS[at]}") ;;
    esac
  done
  if ((COMP_CWORD == 1)); then
    words="${[...commands.map(({ name }) => name), "--help", "--version"].join(" ")}"
  else
    case "$command $last" in
${indented(commands.flatMap(valuesOf))}
      *)
        case "$word $command" in
${indented(commands.map(flagsOf), 10)}
          *)
            case "$command \${#given[@]} \${given[0]}" in
${indented(commands.flatMap(wordsOf), 14)}
            esac
            ;;
        esac
        ;;
    esac
  fi
  case $kind in
    files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    folders) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word") ;;
  esac
}
complete -F _virtglass virtglass
`;
}

const indented = (lines: string[], by = 6) => lines.map((line) => " ".repeat(by) + line).join("\n");

function valuesOf({ name, flags }: Command): string[] {
  return flags.filter(({ value }) => value !== undefined).map((flag) =>
    `"${name} --${flag.name}") ${set(offerOf(flag.value!))} ;;`
  );
}

function flagsOf({ name, flags }: Command): string {
  const all = [...flags.map((flag) => `--${flag.name}`), "--help"];
  return `-*" ${name}") words="${all.join(" ")}" ;;`;
}

function wordsOf(command: Command): string[] {
  return spotsOf(command).map(({ at, first, offer }) => {
    const begin = first === null ? "*" : `"${first}"`;
    return `"${command.name} ${at} "${begin}) ${set(offer)} ;;`;
  });
}

function set(offer: Offer): string {
  if (offer === "nothing") return ":";
  return typeof offer === "string" ? `kind=${offer}` : `words="${offer.join(" ")}"`;
}
