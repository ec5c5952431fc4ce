/** `deno task docs`: writes the pages of docs/ that come out of the code. */
import { configurationPage } from "./docs/configuration.ts";
import { project } from "./build/project.ts";

await Deno.writeTextFile(`${project}/docs/CONFIGURATION.md`, await configurationPage());
