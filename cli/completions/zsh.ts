import { type Command, type Flag } from "../commands.ts";
import { type Offer, offerOf, spotsOf } from "./offers.ts";

/** A function for zsh's own `_arguments`, which shows what each word and flag is for. */
export function zsh(commands: readonly Command[]): string {
  const described = commands.map(({ name, help }) => quoted(`${name}:${help}`)).join(" ");
  return `#compdef virtglass
# zsh completion for virtglass; made by: virtglass completions zsh
_virtglass() {
  local -a commands=(${described})
  if ((CURRENT == 2)); then
    if [[ $words[2] == -* ]]; then compadd -- --help --version; else _describe command commands; fi
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
${commands.map(caseOf).join("\n")}
  esac
}
if [[ $funcstack[1] == _virtglass ]]; then _virtglass "$@"; else compdef _virtglass virtglass; fi
`;
}

function caseOf(command: Command): string {
  const flags = [...command.flags.map(flagSpec), quoted("--help[what this command takes]")];
  const spots = Map.groupBy(spotsOf(command), ({ at }) => at);
  const positions = [...spots].map(([at, [spot, ...others]]) => {
    const offers = [spot!, ...others].map(({ offer }) => offer);
    const offer = offers.find((offer) => offer !== "nothing") ?? "nothing";
    return quoted(`${at + 1}:${spot!.name}:${action(offer)}`);
  });
  const specs = [...flags, ...positions].join(" \\\n        ");
  return `    ${command.name})\n      _arguments \\\n        ${specs}\n      ;;`;
}

function flagSpec({ name, value, help }: Flag): string {
  const told = help.replace(/[[\]]/g, "\\$&");
  if (value === undefined) return quoted(`--${name}[${told}]`);
  return quoted(`--${name}=[${told}]:${value.replaceAll(":", " ")}:${action(offerOf(value))}`);
}

function action(offer: Offer): string {
  if (offer === "nothing") return " ";
  if (offer === "files") return "_files";
  return offer === "folders" ? "_files -/" : `(${offer.join(" ")})`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
