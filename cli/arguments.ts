/** A command line that cannot be understood: one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface Arguments {
  /** By flag name; a flag without a value is "true". */
  flags: Record<string, string>;
  positionals: string[];
}

/** Which flags a command knows, and whether each takes a value. */
export type FlagTypes = Record<string, "string" | "boolean">;

/** `--name`, `--name=value`; a lone `-` is none. There are no short ones, but they can be typed. */
const FLAG = /^(?<dashes>--?)(?<name>[^=-][^=]*)(?:=(?<inline>.*))?$/s;

/**
 * Reads flags and positionals. By itself, for Node's `parseArgs` brings modules along that take longer
 * to load than all else of the command line.
 *
 * @throws UsageError that names the flag and, where one is close, the one that was meant
 */
export function readArguments(args: string[], known: FlagTypes): Arguments {
  const flags: Record<string, string> = {};
  const positionals: string[] = [];
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--") return { flags, positionals: [...positionals, ...words] };
    const { dashes, name, inline } = FLAG.exec(word)?.groups ?? {};
    if (name === undefined) {
      positionals.push(word);
      continue;
    }
    const flag = `${dashes}${name}`;
    const type = Object.hasOwn(known, name) ? known[name] : undefined;
    if (type === undefined) throw new UsageError(`Unknown flag ${flag}.${hint(name, known)}`);
    if (Object.hasOwn(flags, name)) throw new UsageError(`${flag} is given twice.`);
    if (type === "boolean") {
      if (inline !== undefined) throw new UsageError(`${flag} takes no value.`);
      flags[name] = "true";
      continue;
    }
    // `--listen --data-dir /x` lacks a value; `--data-dir=-dash` has one.
    const value = inline ?? (words[0]?.startsWith("-") ? undefined : words.shift());
    if (!value) throw new UsageError(`${flag} needs a value.`);
    flags[name] = value;
  }
  return { flags, positionals };
}

/** The known name closest to a mistyped one, as a sentence, or how to find all names. */
function hint(name: string, known: FlagTypes): string {
  const [closest, far] = Object.keys(known)
    .map((candidate) => [candidate, distance(name, candidate)] as const)
    .sort(([, a], [, b]) => a - b)[0] ?? ["", Infinity];
  return far <= 2 ? ` Did you mean --${closest}?` : " --help lists all flags.";
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
