import { parseArgs } from "node:util";

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

/** @throws UsageError that names the flag and, where one is close, the one that was meant */
export function readArguments(args: string[], known: FlagTypes): Arguments {
  const options = Object.fromEntries(
    Object.entries(known).map(([flag, type]) => [flag, { type }]),
  );
  const { tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags: Record<string, string> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const type = Object.hasOwn(known, name) ? known[name] : undefined;
    if (type === undefined) throw new UsageError(`Unknown flag ${rawName}.${hint(name, known)}`);
    // parseArgs takes whatever comes next, but `--listen --data-dir /x` lacks a value.
    const missing = !value || (!inlineValue && value.startsWith("-"));
    if (type === "string" && missing) {
      throw new UsageError(`${rawName} needs a value.`);
    }
    if (type === "boolean" && value !== undefined) {
      throw new UsageError(`${rawName} takes no value.`);
    }
    if (Object.hasOwn(flags, name)) throw new UsageError(`${rawName} is given twice.`);
    flags[name] = value ?? "true";
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
