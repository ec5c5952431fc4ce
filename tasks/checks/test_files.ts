import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { denoTest } from "./live.ts";
import { add, failureOf, readTally, skipReasons, type Tally } from "./tally.ts";

export interface TestRun {
  tally: Tally;
  /** Why tests were skipped, a line each. */
  skipped: string[];
  /** Files with a failure, and what of their output tells why. */
  failed: { file: string; why: string }[];
}

/** Test files that share a process, and what the run calls them. */
export interface TestGroup {
  name: string;
  files: readonly string[];
  /** Variables that they are run with, beside those of this process. */
  env?: Record<string, string>;
}

/** One file in a process of its own. */
export const alone = (file: string): TestGroup => ({ name: file, files: [file] });

/** Runs every group in a process of its own, a few at a time, and prints each one's output when it ends. */
export async function runTestGroups(
  groups: readonly TestGroup[],
  jobs: number,
): Promise<TestRun> {
  const run: TestRun = { tally: { passed: 0, failed: 0, skipped: 0 }, skipped: [], failed: [] };
  const queue = [...groups];
  const worker = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      const { success, output } = await runTestGroup(group);
      const tally = readTally(output, success);
      console.log(output);
      run.tally = add(run.tally, tally);
      run.skipped.push(...skipReasons(output));
      if (tally.failed) run.failed.push({ file: group.name, why: failureOf(output) });
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return run;
}

async function runTestGroup({ files, env = {} }: TestGroup) {
  const test = (file: string) => denoTest(file, DEADLINE, env);
  if (files.length === 1) return await test(files[0]!);
  // Deno would read and compile what several files import for each of them anew.
  const folder = await Deno.makeTempDir({ prefix: "virtglass-tests-" });
  try {
    const together = join(folder, "all_test.ts");
    const imports = files.map((file) =>
      `import ${JSON.stringify(pathToFileURL(resolve(file)))};\n`
    );
    await Deno.writeTextFile(together, imports.join(""));
    return await test(together);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All test files of this checkout, by their paths below `root`. */
export async function testFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  const read = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
      const path = join(folder, name);
      if (isDirectory && !name.startsWith(".") && !UNREAD.has(path)) await read(path);
      else if (/_test\.tsx?$/.test(name)) found.push(path);
    }
  };
  await read(".");
  return found.sort();
}

/**
 * These files, each where it runs. Those that need nothing but themselves share a process, and take longest
 * together, and so come first. Those of libvirt/ share another: a crash in C code then fails them and not
 * the run.
 */
export function testGroups(files: readonly string[]): TestGroup[] {
  const [libvirt, others] = split(files, (file) => file.startsWith("libvirt/"));
  const [needy, light] = split(others, (file) => /^tests\/(?!bench\/).+\//.test(file));
  return [
    { name: "the tests beside the code", files: light },
    ...needy.map(alone),
    { name: "the tests of libvirt/", files: libvirt },
  ];
}

function split(files: readonly string[], first: (file: string) => boolean): [string[], string[]] {
  return [files.filter(first), files.filter((file) => !first(file))];
}

/** Milliseconds that a group may take. */
const DEADLINE = 600_000;

const UNREAD = new Set(["node_modules", "dist"]);
