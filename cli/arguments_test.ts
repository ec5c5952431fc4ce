import assert from "node:assert/strict";
import { readArguments, UsageError } from "./arguments.ts";

const KNOWN = { "listen": "string", "data-dir": "string", "password-stdin": "boolean" } as const;

const READ: [args: string[], flags: Record<string, string>, positionals: string[]][] = [
  [[], {}, []],
  [["--listen", "[::1]:80"], { listen: "[::1]:80" }, []],
  [["--listen=[::1]:80"], { listen: "[::1]:80" }, []],
  [["--data-dir=a=b"], { "data-dir": "a=b" }, []],
  [["--data-dir=-dash"], { "data-dir": "-dash" }, []],
  [["add", "--password-stdin", "alice"], { "password-stdin": "true" }, ["add", "alice"]],
  [["--data-dir", "a", "x", "--listen", "b"], { "data-dir": "a", listen: "b" }, ["x"]],
  [["--", "--listen"], {}, ["--listen"]],
  [["-"], {}, ["-"]],
];
for (const [args, flags, positionals] of READ) {
  Deno.test(`readArguments reads ${JSON.stringify(args)}`, () => {
    assert.deepEqual(readArguments(args, KNOWN), { flags, positionals });
  });
}

const REFUSED: [args: string[], message: string][] = [
  [["--lisen", "x"], "Unknown flag --lisen. Did you mean --listen?"],
  [["--listne=x"], "Unknown flag --listne. Did you mean --listen?"],
  [["--datadir", "x"], "Unknown flag --datadir. Did you mean --data-dir?"],
  [["--verbose"], "Unknown flag --verbose. --help lists all flags."],
  [["--no-listen"], "Unknown flag --no-listen. --help lists all flags."],
  [["-l"], "Unknown flag -l. --help lists all flags."],
  [["--__proto__=1"], "Unknown flag --__proto__. --help lists all flags."],
  [["--constructor"], "Unknown flag --constructor. --help lists all flags."],
  [["--listen"], "--listen needs a value."],
  [["--listen="], "--listen needs a value."],
  [["--listen", ""], "--listen needs a value."],
  [["--listen", "--data-dir", "x"], "--listen needs a value."],
  [["--listen", "--password-stdin"], "--listen needs a value."],
  [["--password-stdin=yes"], "--password-stdin takes no value."],
  [["--listen", "a", "--listen=b"], "--listen is given twice."],
  [["--password-stdin", "--password-stdin"], "--password-stdin is given twice."],
];
for (const [args, message] of REFUSED) {
  Deno.test(`readArguments refuses ${JSON.stringify(args)}: ${message}`, () => {
    assert.throws(
      () => readArguments(args, KNOWN),
      (error: unknown) => error instanceof UsageError && error.message === message,
    );
  });
}

Deno.test("readArguments suggests nothing to a command without flags", () => {
  assert.throws(() => readArguments(["--listen"], {}), { message: /--help lists all flags/ });
});
