import assert from "node:assert/strict";
import { runTestFiles, testFiles } from "./test_files.ts";

Deno.test("runTestFiles counts, and tells why a file skips its tests", async () => {
  const root = await Deno.makeTempDir();
  const print = console.log;
  try {
    await Deno.mkdir(`${root}/tests`);
    const file = `${root}/tests/a_test.ts`;
    await Deno.writeTextFile(
      file,
      `console.log("skipped: a: no hypervisor");
       Deno.test({ name: "a", ignore: true, fn() {} });
       Deno.test("b", () => {});`,
    );
    await Deno.writeTextFile(`${root}/b_test.ts`, "");
    assert.deepEqual(await testFiles(root), ["tests/a_test.ts", "b_test.ts"]);
    console.log = () => {};
    assert.deepEqual(await runTestFiles([file], 1), {
      tally: { passed: 1, failed: 0, skipped: 1 },
      skipped: ["skipped: a: no hypervisor"],
      failed: [],
    });
  } finally {
    console.log = print;
    await Deno.remove(root, { recursive: true });
  }
});
