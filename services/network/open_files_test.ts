import assert from "node:assert/strict";
import { openFiles } from "./open_files.ts";

/** What Deno lists, but the folder itself, which is open meanwhile. */
function listed(): number[] {
  const files = [...Deno.readDirSync("/proc/self/fd")].map(({ name }) => Number(name));
  return files.filter((file) => exists(file));
}

function exists(file: number): boolean {
  try {
    Deno.readLinkSync(`/proc/self/fd/${file}`);
    return true;
  } catch {
    return false;
  }
}

const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

Deno.test("openFiles lists every file that is open, however many there are", () => {
  using stack = new DisposableStack();
  for (let n = 0; n < 3_000; n++) stack.use(Deno.openSync("/dev/null"));
  const found = openFiles();
  assert.ok(found.length >= 3_000, String(found.length));
  assert.deepEqual(sorted(found), sorted(listed()));
});

Deno.test("openFiles lists a file no more once it is closed, and leaves none open itself", () => {
  const before = sorted(openFiles());
  const file = Deno.openSync("/dev/null");
  assert.equal(openFiles().length, before.length + 1);
  file.close();
  assert.deepEqual(sorted(openFiles()), before);
});
