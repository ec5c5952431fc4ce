import assert from "node:assert/strict";
import { project } from "../build/project.ts";
import { executed } from "./executed.ts";
import { testFiles } from "./test_files.ts";

Deno.test("executed takes the tests with a browser or a real VM, save what needs no server", async () => {
  const files = await testFiles(project);
  const taken = executed(project, files);
  const left = files.filter((file) =>
    /^tests\/(browser|real)\//.test(file) && !taken.includes(file)
  );
  assert.ok(taken.includes("tests/browser/host_test.ts"));
  assert.ok(taken.includes("tests/real/console_test.ts"));
  assert.ok(!taken.includes("tests/server/rest_test.ts"));
  assert.deepEqual(left, ["tests/real/listing_test.ts", "tests/real/stuck_test.ts"]);
});
