import { UsageError } from "./arguments.ts";
import type { Command } from "./commands.ts";

/** One word that an action takes: one of these words, or a value such as NAME. */
export interface Place {
  /** What may stand there; null where any value may. */
  choices: string[] | null;
  name: string;
  optional: boolean;
}

/** "add NAME [FILE]", word by word: capitals stand for values, brackets for what may be left out. */
export function places(takes: string): Place[] {
  return takes.split(" ").filter((word) => word !== "").map((word) => {
    const optional = word.startsWith("[");
    const name = optional ? word.slice(1, -1) : word;
    return { choices: /^[A-Z]+$/.test(name) ? null : name.split("|"), name, optional };
  });
}

/** @throws UsageError when no action of the command takes these words, saying which do */
export function checkPositionals({ name, actions }: Command, given: readonly string[]): void {
  const meant = actions.map(({ takes }) => places(takes)).find(([first]) =>
    first === undefined || first.choices === null || first.choices.includes(given[0] ?? "")
  );
  if (meant?.length === 0 && given.length > 0) {
    throw new UsageError(`${name} takes no "${given[0]}".`);
  }
  if (meant === undefined) {
    const first = new Set(actions.map(({ takes }) => takes.split(" ")[0]));
    throw new UsageError(
      `Say: virtglass ${name} ${[...first].join("|")}; virtglass ${name} --help tells more.`,
    );
  }
  if (given.length > meant.length) {
    const way = [name, ...meant.map(nameOf)].join(" ");
    throw new UsageError(`"${given[meant.length]}" is one too many. Say: virtglass ${way}`);
  }
  const wrong = meant.findIndex(({ choices }, at) =>
    given[at] !== undefined && choices !== null && !choices.includes(given[at])
  );
  if (wrong >= 0) {
    throw new UsageError(`"${given[wrong]}" is not ${meant[wrong]!.choices!.join(" or ")}.`);
  }
  const lacking = meant.slice(given.length).find(({ optional }) => !optional);
  if (lacking === undefined) return;
  throw new UsageError(`${[name, ...given].join(" ")} needs a ${lacking.name}.`);
}

/** A place as the help has it; a word stands for itself. */
const nameOf = ({ name, optional }: Place) => optional ? `[${name}]` : name;
