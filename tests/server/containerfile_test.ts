import assert from "node:assert/strict";
import { basename, dirname, relative } from "node:path";
import { findCommand } from "@/cli/commands.ts";
import { DATA_DIR } from "@/cli/service/unit.ts";
import { loadConfig } from "@/services/config/mod.ts";
import { project } from "@/tasks/build/project.ts";
import { EXECUTABLE } from "@/tests/harness/executable.ts";

const text = Deno.readTextFileSync(`${project}/Containerfile`);
const page = Deno.readTextFileSync(`${project}/docs/OPERATIONS.md`);

/** What follows an instruction that stands there once. */
function instruction(name: string): string {
  const lines = text.replaceAll(/^#.*\n/gm, "").replaceAll("\\\n", "").split("\n");
  const found = lines.filter((line) => line.startsWith(`${name} `));
  assert.equal(found.length, 1, `${name} in ${lines.join("\n")}`);
  return found[0]!.slice(name.length + 1).trim();
}

/** Commands of podman: one may go on in the next line. */
const podman = (lines: string) =>
  lines.replaceAll("\\\n", "").split(/\n| && /).filter((line) => line.startsWith("podman "))
    .map((line) => line.replaceAll(/ +/g, " "));

Deno.test("the Containerfile copies what deno task compile leaves to where its entry point finds it", () => {
  const [from, to] = instruction("COPY").split(" ");
  assert.equal(from, relative(project, EXECUTABLE));
  assert.equal(dirname(to!), "/usr/local/bin");
  assert.deepEqual(JSON.parse(instruction("ENTRYPOINT")), [basename(to!)]);
  const [command] = JSON.parse(instruction("CMD"));
  assert.ok(findCommand(command), command);
});

Deno.test("the Containerfile's settings are its volume and its port", async () => {
  const words = instruction("ENV").split(" ");
  const settings = new Map(words.map((word) => word.split("=") as [string, string]));
  const { dataDir, listen } = await loadConfig({}, settings);
  assert.equal(dataDir, DATA_DIR);
  assert.equal(dataDir, instruction("VOLUME"));
  assert.equal(String(listen.port), instruction("EXPOSE"));
  assert.match(podman(page).join("\n"), new RegExp(` -v \\w+:${dataDir} `));
  assert.match(podman(page).join("\n"), new RegExp(`:${listen.port} `));
});

Deno.test("the Containerfile installs libvirt's library, which the package needs as well", () => {
  assert.match(instruction("RUN"), / libvirt0 /);
});

Deno.test("docs/OPERATIONS.md runs the container as the Containerfile says, and enters the one it named", () => {
  const said = podman(text.replaceAll(/^# */gm, ""));
  assert.deepEqual(said, podman(page).slice(0, said.length));
  const [, name] = / --name (\S+) /.exec(said.at(-1)!)!;
  assert.deepEqual(podman(page).slice(said.length), [
    `podman exec -it ${name} virtglass user add NAME --role admin`,
  ]);
});
