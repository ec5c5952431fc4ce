import assert from "node:assert/strict";
import { run } from "@/cli/run.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { LineFile } from "./line_file.ts";

const line = (text: string) => new TextEncoder().encode(`${text}\n`);

Deno.test("LineFile writes every line in order, though nobody waits for one", async () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/lines`;
  const failures: string[] = [];
  const file = new LineFile(Deno.openSync(path, { write: true, createNew: true }), (reason) => {
    failures.push(reason);
  });
  const lines = Array.from({ length: 5_000 }, (_, index) => `${index} ${"ä".repeat(index % 50)}`);
  for (const text of lines) file.append(line(text));
  await file.close();
  const written = await Deno.readTextFile(path);
  assert.equal(written, lines.map((text) => `${text}\n`).join(""));
  assert.equal(file.written, new TextEncoder().encode(written).length);
  assert.deepEqual([failures, file.failed], [[], false]);
});

Deno.test("LineFile fails in words when the disk is full, and takes no more", async () => {
  const failed = Promise.withResolvers<string>();
  const file = new LineFile(Deno.openSync("/dev/full", { write: true }), failed.resolve);
  file.append(line("one"));
  const reason = await within(5_000, "the failure", failed.promise);
  assert.match(reason, /^It cannot be written: .*no space left/i);
  file.append(line("two"));
  await file.close();
  assert.deepEqual([file.written, file.failed], [0, true]);
});

Deno.test("LineFile gives up on a disk that does not follow, without waiting for it", async () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/pipe`;
  await run("mkfifo", [path]);
  // Open for both, since a pipe that nobody reads cannot be opened: it takes 64 KiB, then nothing.
  const pipe = Deno.openSync(path, { read: true, write: true });
  const failures: string[] = [];
  const file = new LineFile(pipe, (reason) => failures.push(reason));
  const megabyte = line("x".repeat(1024 * 1024 - 1));
  const begin = performance.now();
  for (let count = 0; count < 64; count++) file.append(megabyte);
  assert.ok(performance.now() - begin < 1_000);
  assert.deepEqual(failures, ["The disk does not keep up with what the console says."]);
  // Read what is stuck, so that the write and the test come to an end.
  const reader = Deno.openSync(path, { read: true });
  const closed = file.close();
  const bytes = new Uint8Array(256 * 1024);
  for (let left = megabyte.length; left > 0;) left -= await reader.read(bytes) ?? left;
  await within(5_000, "the file to close", closed);
  reader.close();
  assert.equal(file.failed, true);
});
