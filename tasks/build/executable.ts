import { cp } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { lock } from "@/cli/lock.ts";
import { commitTime } from "./commit.ts";
import { bundle, deliveredModules } from "./delivered.ts";
import { filesIn } from "./files.ts";
import { project } from "./project.ts";

/** What `deno task compile` passes on. */
export interface CompileOptions {
  /** Path of the executable. */
  output: string;
  /** Another system than this one, such as "aarch64-unknown-linux-gnu". */
  target?: string;
}

/**
 * Makes one executable of what the build left in dist/. Returns the exit code of `deno compile`.
 * DENO_COMPILE_BIN names another Deno to do it: one that fits the runtime of DENORT_BIN, where
 * Deno's own cannot be downloaded.
 */
export async function compileExecutable({ output, target }: CompileOptions): Promise<number> {
  using _alone = await lock(join(project, ".cache/content.lock"));
  const content = await contentOfOneTime();
  return await denoCompile([
    // All of it by name: of modules that are imported late by others that are, some are missed at times.
    ...["--include", content],
    `--v8-flags=${V8_FLAGS.join(",")}`,
    ...(target === undefined ? [] : ["--target", target]),
    ...["--output", output, join(content, basename(bundle))],
  ]);
}

const V8_FLAGS = [
  // MiB for what is new: with less, it is collected several times during a start.
  "--min-semi-space-size=8",
  // Calls of a function until V8 begins to learn from it. Most that a start calls are never called
  // again, and what it learns by the eighth call, as it is by itself, takes a twentieth of the start.
  "--invocation-count-for-feedback-allocation=100",
];

/** Runs `deno compile` as for an executable of ours, of any program; returns its exit code. */
export async function denoCompile(args: string[]): Promise<number> {
  const { code } = await new Deno.Command(Deno.env.get("DENO_COMPILE_BIN") || Deno.execPath(), {
    args: [
      "compile",
      // The bundle needs nothing of the project: not its packages, and no types.
      ...["--no-config", "--no-lock", "--no-check"],
      // V8's code cache would be a file of a known name in /tmp, which root must not trust.
      "--no-code-cache",
      // libvirt is called by FFI, which Deno's sandbox does not hold; and /proc takes all of it.
      "--allow-all",
      ...args,
    ],
    cwd: project,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return code;
}

/**
 * A copy of dist/ in which every file has one time, that of the commit: `deno compile` writes times into
 * the executable, and two of one commit would differ by nothing else.
 */
async function contentOfOneTime(): Promise<string> {
  const content = join(project, "dist/executable");
  await Deno.remove(content, { recursive: true }).catch(() => {});
  await cp(join(project, "dist/static"), join(content, "static"), { recursive: true });
  const dist = dirname(bundle);
  for (const file of deliveredModules()) {
    await Deno.copyFile(join(dist, file), join(content, file));
  }
  const time = await commitTime(project);
  for (const path of filesIn(content)) await Deno.utime(join(content, path), time, time);
  return content;
}
