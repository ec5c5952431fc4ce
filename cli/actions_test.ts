import assert from "node:assert/strict";
import { checkPositionals, places } from "./actions.ts";
import type { Command } from "./commands.ts";

const command = (name: string, ...actions: string[]): Command => ({
  name,
  help: "",
  actions: actions.map((takes) => ({ takes, help: "" })),
  flags: [],
  run: () => Promise.resolve(),
});
const user = command("user", "add NAME", "list", "key NAME [FILE]");
const serve = command("serve", "");
const completions = command("completions", "bash|zsh|fish");
const backup = command("backup", "FILE");

Deno.test("places tells words from values, and what may be left out", () => {
  assert.deepEqual(places("key NAME [FILE]"), [
    { choices: ["key"], name: "key", optional: false },
    { choices: null, name: "NAME", optional: false },
    { choices: null, name: "FILE", optional: true },
  ]);
  assert.deepEqual(places(""), []);
});

for (
  const [of, given] of [
    [user, ["add", "alice"]],
    [user, ["list"]],
    [user, ["key", "alice"]],
    [user, ["key", "alice", "f"]],
    [serve, []],
    [completions, ["fish"]],
    [backup, ["add"]],
  ] as const
) {
  Deno.test(`checkPositionals takes ${[of.name, ...given].join(" ")}`, () => {
    checkPositionals(of, given);
  });
}

const WAYS = "Say: virtglass user add|list|key; virtglass user --help tells more.";
const SHELLS = "Say: virtglass completions bash|zsh|fish; virtglass completions --help tells more.";

for (
  const [of, given, message] of [
    [user, [], WAYS],
    [user, ["delete"], WAYS],
    [user, ["list", "alice"], '"alice" is one too many. Say: virtglass user list'],
    [user, ["add"], "user add needs a NAME."],
    [serve, ["surplus"], 'serve takes no "surplus".'],
    [completions, ["tcsh"], SHELLS],
    [completions, [], SHELLS],
    [backup, [], "backup needs a FILE."],
    [backup, ["a", "b"], '"b" is one too many. Say: virtglass backup FILE'],
  ] as const
) {
  Deno.test(`checkPositionals refuses ${[of.name, ...given].join(" ")}: ${message}`, () => {
    assert.throws(() => checkPositionals(of, given), { name: "UsageError", message });
  });
}
