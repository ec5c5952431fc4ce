/** `deno task demo`: from a bare machine to a real VM in the browser, and nothing left behind. */
import { readArguments, UsageError } from "@/cli/arguments.ts";
import { findCommand, flagTypes } from "@/cli/commands.ts";
import { demo } from "@/cli/demo/mod.ts";
import { helpOf } from "@/cli/help.ts";
import { tryLock } from "@/cli/lock.ts";
import { project } from "./build/project.ts";
import { buildWhenStale } from "./build/build_when_stale.ts";
import { setUp } from "./setup/mod.ts";

const command = findCommand("demo")!;
const say = (line: string) => console.log(line);

async function run(): Promise<number> {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    say(helpOf(command));
    return 0;
  }
  const given = readArguments(Deno.args, flagTypes(command));
  using alone = await tryLock(`${project}/.cache/demo.lock`);
  if (!alone) {
    say("A demo runs already on this machine: end that one first.");
    return 1;
  }
  for (const problem of await setUp("demo", say)) say(`set-up: ${problem}`);
  await buildWhenStale(say);
  await demo(given, `${project}/.cache`);
  return 0;
}

try {
  Deno.exit(await run());
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  Deno.exit(error instanceof UsageError ? 2 : 1);
}
