/** `deno task test:long`: what takes too long for every day, on a machine that is prepared already. */
import { runLongTests } from "./checks/long.ts";

Deno.exit(await runLongTests());
