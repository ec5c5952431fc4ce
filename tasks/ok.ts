/** `deno task ok`: what `deno task test` checks, on a machine that is prepared already. */
import { runChecks } from "./checks/mod.ts";

Deno.exit(await runChecks({ executable: false }));
