import { checkPositionals } from "./actions.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { findCommand, flagTypes } from "./commands.ts";
import { LibvirtMissing } from "@/libvirt/errors.ts";
import { ConfigError } from "@/services/config/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { COMMIT, VERSION } from "@/services/version.ts";

/** Each command is loaded when it is asked for. Resolves with the exit code. */
async function run([name = "--help", ...args]: string[]): Promise<number> {
  if (["--version", "-V"].includes(name)) {
    console.log(`virtglass ${VERSION}${COMMIT === null ? "" : ` (${COMMIT})`}`);
    return 0;
  }
  if (["--help", "-h", "help"].includes(name)) {
    console.log((await import("@/cli/help.ts")).overview());
    return 0;
  }
  const command = findCommand(name);
  if (command === undefined) {
    throw new UsageError(`There is no command "${name}". virtglass --help lists them.`);
  }
  if (args.includes("--help") || args.includes("-h")) {
    console.log((await import("@/cli/help.ts")).helpOf(command));
    return 0;
  }
  const given = readArguments(args, flagTypes(command));
  checkPositionals(command, given.positionals);
  return await command.run(given) ?? 0;
}

/** What went wrong, as an exit code: 2 for what the person typed, 1 for everything else. */
function exitCode(error: unknown): number {
  if (error instanceof UsageError || error instanceof ConfigError) return 2;
  return 1;
}

/** One line for what a person can mend; a stack for what only we can. */
function explain(error: unknown): string {
  const known = [UsageError, ConfigError, GlassError, LibvirtMissing];
  if (known.some((type) => error instanceof type)) return (error as Error).message;
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

/** Runs `virtglass ARGS`; what goes wrong is told on stderr. Resolves with the exit code. */
export async function main(args: string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    console.error(`virtglass: ${explain(error)}`);
    return exitCode(error);
  }
}
