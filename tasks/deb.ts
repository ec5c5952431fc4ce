/** `deno task deb`: a Debian package of dist/virtglass, which `deno task compile` makes. */
import { join } from "node:path";
import { project } from "./build/project.ts";
import { makePackage } from "./deb/package.ts";

const program = join(project, "dist/virtglass");
if (!await Deno.stat(program).then(() => true, () => false)) {
  console.error(`There is no ${program}: run deno task compile before.`);
  Deno.exit(2);
}
console.log(await makePackage(program, join(project, "dist")));
