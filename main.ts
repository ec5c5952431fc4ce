import { UsageError } from "@/cli/arguments.ts";
import { LibvirtMissing } from "@/libvirt/mod.ts";
import { ConfigError } from "@/services/config/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { VERSION } from "@/services/version.ts";

/** Each command is loaded when it is asked for. */
async function run([command, ...args]: string[]): Promise<void> {
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    return console.log((await import("@/cli/help.ts")).HELP);
  }
  if (args.includes("--help") || args.includes("-h")) return await run(["--help"]);
  switch (command) {
    case "--version":
    case "-V":
      return console.log(`virtglass ${VERSION}`);
    case "serve":
      return await (await import("@/cli/serve.ts")).serve(args);
    case "user":
      return await (await import("@/cli/user.ts")).user(args);
    case "audit":
      return await (await import("@/cli/audit.ts")).audit(args);
    default:
      throw new UsageError(`There is no command "${command}". virtglass --help lists them.`);
  }
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

if (import.meta.main) {
  try {
    await run(Deno.args);
    Deno.exit(0);
  } catch (error) {
    console.error(`virtglass: ${explain(error)}`);
    Deno.exit(exitCode(error));
  }
}
