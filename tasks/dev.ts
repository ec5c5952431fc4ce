/**
 * `deno task dev ARGS`: the program from its sources, with ARGS (`serve` without any). Browsers get
 * new files at every change and pages reload themselves; only code of the server restarts it.
 */
import { join, relative } from "node:path";
import { buildAssets } from "./build/assets.ts";
import { changesIn } from "./build/changes.ts";
import { writeManifest } from "./build/manifest_source.ts";
import { project } from "./build/project.ts";
import { Restartable } from "./build/restartable.ts";
import { onStopSignal } from "./build/run_to_end.ts";

const folder = join(project, "dist/dev");
// Islands count as the browser's: in development it draws them anew, whatever the server drew.
const browserOnly = /^(islands|static|fresh\/client)\//;

async function build(): Promise<void> {
  await writeManifest(project);
  await buildAssets({ root: project, development: true }, folder);
}

await Deno.remove(folder, { recursive: true }).catch(() => {});
await build();
const args = Deno.args.length > 0 ? Deno.args : ["serve"];
const program = new Restartable(["run", "-A", join(project, "main.ts"), ...args], {
  env: { FRESH_DEV: folder },
});
onStopSignal(() => program.stop().then((code) => Deno.exit(code)));

for await (const paths of changesIn(project)) {
  const changed = paths.map((path) => relative(project, path));
  try {
    await build();
    console.log(`Built for ${changed.join(", ")}`);
  } catch (error) {
    // Half-written code is what developing looks like; the next change may mend it.
    console.error(error instanceof Error ? error.message : error);
  }
  if (!changed.every((path) => browserOnly.test(path))) await program.restart();
}
