import assert from "node:assert/strict";
import { project } from "@/tasks/build/project.ts";
import { configurationPage } from "@/tasks/docs/configuration.ts";
import { loadConfig, SETTINGS } from "@/services/config/mod.ts";

const page = await Deno.readTextFile(`${project}/docs/CONFIGURATION.md`);

Deno.test("docs/CONFIGURATION.md is what the schema of the settings says", async () => {
  assert.equal(page, await configurationPage(), "stale: run deno task docs");
});

Deno.test("docs/CONFIGURATION.md names every setting", () => {
  for (const { key } of SETTINGS) assert.ok(page.includes(`| \`${key}\``), key);
});

Deno.test("the config file that docs/CONFIGURATION.md shows is good", async () => {
  const example = /```toml\n([^]*?)```/.exec(page)?.[1];
  assert.ok(example);
  const file = await Deno.makeTempFile({ suffix: ".toml" });
  await Deno.writeTextFile(file, example);
  const config = await loadConfig({ config: file }, new Map());
  assert.equal(config.consoleLinger, 30);
  await Deno.remove(file);
});
