import assert from "node:assert/strict";
import { project } from "@/tasks/build/project.ts";

/** What a process of its own writes to stderr that runs this with `log` and `configureLog`. */
async function logged(script: string): Promise<string[]> {
  const code = `import { configureLog, log } from "file://${project}/services/log.ts";\n${script}`;
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    cwd: project,
    env: { NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(stderr).trim().split("\n");
}

Deno.test("configureLog writes what was logged before, the first 100 lines of it, and then the rest", async () => {
  const lines = await logged(`
    for (let n = 1; n <= 120; n++) log.info("line {n}", { n });
    await configureLog("json", "info");
    log.debug("not this");
    log.warn("and {what}", { what: "this" });
  `);
  const read = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    read.slice(0, 100).map(({ n }) => n),
    Array.from({ length: 100 }, (_, n) => n + 1),
  );
  assert.deepEqual(read.slice(100).map(({ level, what }) => [level, what]), [["WARN", "this"]]);
});

Deno.test("log says nothing where nobody configured it", async () => {
  assert.deepEqual(await logged(`log.error("no {use}", { use: 1 });`), [""]);
});
