import assert from "node:assert/strict";
import { join } from "node:path";

const runner = `
  import { runToEnd } from ${JSON.stringify(import.meta.resolve("./run_to_end.ts"))};
  Deno.exit(await runToEnd(["run", "-A", Deno.args[0]!]));
`;
const program = `
  Deno.addSignalListener("SIGTERM", () => { console.log("stopping"); Deno.exit(7); });
  setInterval(() => {}, 1000);
  console.log("ready");
`;

Deno.test("runToEnd passes a signal on and comes back with the program's exit code", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "runner.ts"), runner);
    await Deno.writeTextFile(join(folder, "program.ts"), program);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", join(folder, "runner.ts"), join(folder, "program.ts")],
      stdout: "piped",
    }).spawn();
    let said = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (said === "ready\n") child.kill("SIGTERM");
    }
    assert.equal(said, "ready\nstopping\n");
    assert.equal((await child.status).code, 7);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
