/**
 * `deno task dev ARGS`: the server from its sources, which Deno replaces while it runs, and the
 * browser's files built anew at every change; pages reload themselves. ARGS are those of the
 * program; `serve` without any.
 */
import { join } from "node:path";
import { buildAssets } from "./build/assets.ts";
import { changesIn } from "./build/changes.ts";
import { writeManifest } from "./build/manifest_source.ts";
import { project } from "./build/project.ts";
import { runToEnd } from "./build/run_to_end.ts";

const options = { root: project, development: true };
const folder = join(project, "dist/dev");

async function build(): Promise<void> {
  await writeManifest(project);
  await buildAssets(options, folder);
}

async function rebuildOnChange(): Promise<void> {
  const folders = ["routes", "islands", "components", "static", "fresh/client"];
  for await (const path of changesIn(folders.map((name) => join(project, name)))) {
    try {
      await build();
      console.log(`${path.slice(project.length + 1)}: built`);
    } catch (error) {
      // Half-written code is what developing looks like; the next change may mend it.
      console.error(error instanceof Error ? error.message : error);
    }
  }
}

await Deno.remove(folder, { recursive: true }).catch(() => {});
await build();
void rebuildOnChange();
const args = Deno.args.length > 0 ? Deno.args : ["serve"];
Deno.exit(
  await runToEnd(["run", "-A", "--watch-hmr", join(project, "main.ts"), ...args], {
    env: { FRESH_DEV: folder },
  }),
);
