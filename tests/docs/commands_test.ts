/**
 * Commands that the pages tell people to type. Those marked `sh run` are run here; of each other one it is
 * said which test runs it, or why none does.
 */
import assert from "node:assert/strict";
import { checkPositionals } from "@/cli/actions.ts";
import { readArguments } from "@/cli/arguments.ts";
import { findCommand, flagTypes } from "@/cli/commands.ts";
import { AS_SERVICE } from "@/cli/doctor/service.ts";
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

const TASKS = "tests/executable/tasks_test.ts";

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

/** Tests that run commands which begin so; the first that fits counts. */
const RUN_BY: readonly (readonly [command: string, file: string, test: string])[] = [
  ["deno task start", TASKS, "deno task start builds, and is virtglass"],
  ["deno task dev", TASKS, "deno task dev serves from the sources"],
  ["deno task docs", TASKS, "deno task docs writes"],
  ["deno task build", TASKS, "deno task start builds, and is virtglass"],
  ["deno task bench", TASKS, "deno task bench measures a row"],
  ["deno task demo", TASKS, "deno task demo boots a real VM"],
  ["deno task compile", TASKS, "deno task compile makes the same file"],
  ["deno task deb", TASKS, "deno task deb a package of it"],
  ["deno task test", ".ci/run", "task test --executable"],
  ["deno test", "tasks/checks/live.ts", '"test"'],
  ["VIRTGLASS_BIN=dist/virtglass deno test", "tasks/checks/executed.ts", "VIRTGLASS_BIN: program"],
  ["virtglass demo", "tests/executable/demo_test.ts", "virtglass demo boots a real VM"],
  ["virtglass doctor", "tests/server/doctor_test.ts", '"doctor"'],
  ["virtglass service install", "tests/executable/systemd_test.ts", '"service", "install"'],
  ["virtglass service uninstall", "tests/executable/systemd_test.ts", '"service", "uninstall"'],
  ["virtglass config", "tests/server/command_line_test.ts", '"config", "check"'],
  [AS_SERVICE, "tests/server/doctor_service_test.ts", "look(AS_SERVICE)"],
  ["virtglass audit verify", "tests/server/audit_test.ts", '"audit", "verify"'],
  ["virtglass audit export", "tests/server/audit_test.ts", '"audit", "export"'],
  ["virtglass user reset-2fa", "tests/server/second_factor_test.ts", '"reset-2fa"'],
  [
    "apt-get install ./dist/virtglass_0.1.0_amd64.deb",
    "tests/executable/systemd_test.ts",
    "install",
  ],
  [
    "echo 'VIRTGLASS_CONFIG=",
    "tests/executable/systemd_test.ts",
    "VIRTGLASS_CONFIG=/etc/virtglass.toml",
  ],
  ["systemctl restart virtglass", "tests/executable/systemd_test.ts", "systemctl"],
  ["printf '%s\\n%s'", "services/audit/mod_test.ts", "chainHash is what sha256sum says"],
];

/** Commands that no test runs, and why. */
const NOT_RUN: readonly (readonly [command: string, why: string])[] = [
  ["deno task ok", "it runs this test"],
  ["deno task test:long", "it takes too long for every day"],
  ["deno task compile --target", "it needs another system's runtime"],
  ["podman", "it needs an image from a registry"],
];

/** Lines of `sh` fences and indented ones that call a program. */
function typed(page: string): string[] {
  const lines = fenced(page, "sh").flatMap((code) => code.split("\n"));
  const indented = text(page).replace(/^```[^]*?^```$/gm, "").match(/^ {4}(?=\w).*$/gm) ?? [];
  const calls = indented.map((line) => line.trim())
    .filter((line) => /^(npx|deno|(dist\/)?virtglass|printf|VIRTGLASS_BIN=\S+) /.test(line));
  return [...lines, ...calls].map((line) =>
    line.replace(/^npx -y deno@\S+/, "deno").replace(/^(\.|dist)\//, "").replace(/ +#.*$/, "")
  ).filter(Boolean);
}

for (const page of PAGES) {
  Deno.test(`${page}: each command is run by a test, or it is said why not`, () => {
    for (const line of typed(page)) {
      const begins = ([command]: readonly [string, ...unknown[]]) =>
        line === command || line.startsWith(command.endsWith("=") ? command : `${command} `);
      const why = NOT_RUN.find(begins)?.[1];
      const [, file, test] = RUN_BY.find(begins) ?? [];
      if (why !== undefined) continue;
      assert.ok(file !== undefined, `${page}: no test runs "${line}"`);
      assert.ok(text(file).includes(test!), `${file} has no ${test}`);
    }
  });
}

for (const page of PAGES) {
  Deno.test(`${page} names commands, flags and tasks that there are`, () => {
    for (const line of commands(page)) {
      const [, words] = /^(?:\.\/|dist\/)?virtglass ([a-z].*)$/.exec(line) ??
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
