/**
 * `deno task test`: prepares the machine, then runs every check there is. `--executable` runs the tests
 * of the executable too, and a share of the others once more against it.
 */
import { runChecks } from "./checks/mod.ts";
import { setUp } from "./setup/mod.ts";
import { guestImage } from "@/cli/demo/guest/image.ts";
import { IMAGES } from "@/tests/harness/guest.ts";

const say = (line: string) => console.log(line);
const problems = await setUp("test", say);
try {
  await guestImage(IMAGES, say);
} catch (error) {
  problems.push(`no guest image: ${error instanceof Error ? error.message : error}`);
}
for (const problem of problems) console.log(`set-up: ${problem}`);
Deno.exit(await runChecks({ executable: Deno.args.includes("--executable") }));
