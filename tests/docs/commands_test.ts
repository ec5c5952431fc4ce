/** Commands that the pages tell people to type: those marked `sh run` are run, the others are read. */
import assert from "node:assert/strict";
import { checkPositionals } from "@/cli/actions.ts";
import { readArguments } from "@/cli/arguments.ts";
import { findCommand, flagTypes } from "@/cli/commands.ts";
import denoJson from "@/deno.json" with { type: "json" };
import { project } from "@/tasks/build/project.ts";
import { run } from "@/cli/run.ts";
import { loadConfig } from "@/services/config/mod.ts";
import { PROGRAM } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const PAGES = [
  "README.md",
  ...[...Deno.readDirSync(`${project}/docs`)]
    .filter(({ name }) => name.endsWith(".md")).map(({ name }) => `docs/${name}`),
].toSorted();

const text = (page: string) => Deno.readTextFileSync(`${project}/${page}`);

/** Code of a page that stands within fences of this kind. */
const fenced = (page: string, kind: string) =>
  [...text(page).matchAll(/^```(.*)\n([^]*?)^```$/gm)]
    .filter(([, info]) => info === kind).map(([, , code]) => code!);

/** Lines of code: within fences for a shell, indented by four, or between single quotes of code. */
function commands(page: string): string[] {
  const shell = [...fenced(page, "sh"), ...fenced(page, "sh run")].flatMap((code) =>
    code.split("\n")
  );
  const indented = text(page).replace(/^```[^]*?^```$/gm, "").match(/^ {4}(?=\w).*$/gm) ?? [];
  const inline = [...text(page).replace(/^```[^]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)]
    .map(([, code]) => code!);
  return [...shell, ...indented, ...inline].map((line) =>
    line.trim().replace(/ +#.*$/, "").replace(/^.*\| /, "").replace(/ ?>.*$/, "")
  );
}

for (const page of PAGES) {
  Deno.test(`${page} names commands, flags and tasks that there are`, () => {
    for (const line of commands(page)) {
      const [, words] = /^(?:\.\/)?virtglass ([a-z].*)$/.exec(line) ??
        /^deno task start ([a-z].*)$/.exec(line) ?? [];
      if (words !== undefined && !/\.\.\.|\|/.test(words)) understood(words);
      const task = /^(?:npx -y deno@\S+|deno) task (\S+)/.exec(line)?.[1];
      if (task !== undefined) assert.ok(task in denoJson.tasks, line);
    }
  });
}

/** A line of `virtglass` must be one that it would take. */
function understood(line: string): void {
  const [name, ...args] = line.split(" ");
  const command = findCommand(name!);
  assert.ok(command, `virtglass ${line}`);
  // Every command has it, and it is answered before anything else is read.
  if (args.includes("--help")) return;
  const { positionals } = readArguments(args, flagTypes(command));
  // A command that is only named, as in "by virtglass doctor", needs nothing behind it.
  if (args.length > 0) checkPositionals(command, positionals);
}

Deno.test("the commands of docs/OPERATIONS.md that are marked for it run, one after the other", async () => {
  using folder = temporaryFolder();
  const bin = `${folder.path}/bin`;
  Deno.mkdirSync(bin);
  const program = PROGRAM.map((word) => `'${word}'`).join(" ");
  Deno.writeTextFileSync(`${bin}/virtglass`, `#!/bin/sh\nexec ${program} "$@"\n`, { mode: 0o755 });
  const blocks = fenced("docs/OPERATIONS.md", "sh run");
  assert.ok(blocks.length >= 5);
  await run("bash", ["-euxo", "pipefail", "-c", blocks.join("\n")], {
    cwd: folder.path,
    env: {
      PATH: `${bin}:${Deno.env.get("PATH")}`,
      VIRTGLASS_DATA_DIR: `${folder.path}/data`,
      VIRTGLASS_CONNECT: "test:///default",
    },
  });
});

for (const page of PAGES) {
  for (const [index, settings] of fenced(page, "toml").entries()) {
    Deno.test(`${page}, config file ${index + 1}, is one that a server takes`, async () => {
      using folder = temporaryFolder();
      const file = `${folder.path}/virtglass.toml`;
      Deno.writeTextFileSync(file, settings);
      await loadConfig({ config: file }, new Map());
    });
  }
}

Deno.test("links between the pages lead somewhere", () => {
  for (const page of PAGES) {
    for (const [, target] of text(page).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      const path = new URL(target!, `file://${project}/${page}`).pathname;
      assert.ok(Deno.statSync(path).isFile, `${page}: ${target}`);
    }
  }
});
