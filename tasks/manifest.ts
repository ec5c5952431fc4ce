/** `deno run -A tasks/manifest.ts`: writes manifest_gen.ts. Building does it too. */
import { writeManifest } from "./build/manifest_source.ts";
import { project } from "./build/project.ts";

console.log(`manifest_gen.ts ${await writeManifest(project) ? "written" : "is up to date"}`);
