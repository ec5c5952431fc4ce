import assert from "node:assert/strict";
import { alone, runTestGroups, testFiles, testGroups } from "./test_files.ts";

Deno.test("testFiles finds the tests of a checkout, and none of what is not its own", async () => {
  const root = await Deno.makeTempDir();
  try {
    for (const folder of ["tests", "services", "node_modules", ".cache"]) {
      await Deno.mkdir(`${root}/${folder}`);
      await Deno.writeTextFile(`${root}/${folder}/a_test.ts`, "");
    }
    await Deno.writeTextFile(`${root}/b_test.tsx`, "");
    await Deno.writeTextFile(`${root}/c.ts`, "");
    assert.deepEqual(await testFiles(root), [
      "b_test.tsx",
      "services/a_test.ts",
      "tests/a_test.ts",
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("testGroups has what needs nothing together, libvirt's together, and the others alone", () => {
  const light = ["b_test.tsx", "services/a_test.ts", "tests/a_test.ts", "tests/bench/a_test.ts"];
  const files = [...light, "libvirt/a_test.ts", "libvirt/b_test.ts", "tests/server/a_test.ts"];
  assert.deepEqual(testGroups(files), [
    { name: "the tests beside the code", files: light },
    alone("tests/server/a_test.ts"),
    { name: "the tests of libvirt/", files: ["libvirt/a_test.ts", "libvirt/b_test.ts"] },
  ]);
});

Deno.test("runTestGroups counts, and tells which group failed and why a file skips its tests", async () => {
  const root = await Deno.makeTempDir();
  const print = console.log;
  try {
    const skips = `console.log("skipped: a: no hypervisor");
      Deno.test({ name: "a", ignore: true, fn() {} });
      Deno.test("b", () => {});`;
    const fails = `Deno.test("c", () => { throw new Error(Deno.env.get("WHAT")); });`;
    await Deno.writeTextFile(`${root}/a_test.ts`, skips);
    await Deno.writeTextFile(`${root}/c_test.ts`, fails);
    const files = [`${root}/a_test.ts`, `${root}/c_test.ts`];
    console.log = () => {};
    assert.deepEqual(await runTestGroups([alone(files[0]!)], 1), {
      tally: { passed: 1, failed: 0, skipped: 1 },
      skipped: ["skipped: a: no hypervisor"],
      failed: [],
    });
    const both = { name: "both", files, env: { WHAT: "c is wrong" } };
    const { tally, failed: [failed] } = await runTestGroups([both], 1);
    assert.deepEqual(tally, { passed: 1, failed: 1, skipped: 1 });
    assert.equal(failed?.file, "both");
    assert.match(failed.why, /c is wrong[\s\S]*c_test\.ts:1:6/);
  } finally {
    console.log = print;
    await Deno.remove(root, { recursive: true });
  }
});
