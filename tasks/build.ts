/**
 * `deno task build`: dist/static for browsers, dist/server.js for Deno, and manifest_gen.ts. With
 * `--when-stale` nothing, where they are newer than all they are made of.
 */
import { join } from "node:path";
import { buildAssets } from "./build/assets.ts";
import { bundle, deliveredModules } from "./build/delivered.ts";
import { writeManifest } from "./build/manifest_source.ts";
import { project } from "./build/project.ts";
import { bundleServer } from "./build/server.ts";
import { sizeTable } from "./build/sizes.ts";
import { isStale } from "./build/stale.ts";

if (Deno.args.includes("--when-stale") && !isStale(project, bundle)) Deno.exit();

const dist = join(project, "dist");
const options = { root: project, development: false };

const started = performance.now();
if (await writeManifest(project)) console.log("manifest_gen.ts written");
const fresh = join(dist, "static.new");
await Deno.remove(fresh, { recursive: true }).catch(() => {});
const [manifest, server] = await Promise.all([
  buildAssets(options, fresh),
  bundleServer(options, "main.ts"),
]);
const served = join(dist, "static");
await Deno.remove(served, { recursive: true }).catch(() => {});
await Deno.rename(fresh, served);
for (const file of deliveredModules()) {
  if (!server.has(file)) await Deno.remove(join(dist, file));
}
// The server last: tasks/start.ts takes its time as the time of the whole build.
for (const [file, code] of [...server].reverse()) await Deno.writeTextFile(join(dist, file), code);

console.log(sizeTable(manifest, served, server));
console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
