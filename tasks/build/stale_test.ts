import assert from "node:assert/strict";
import { join } from "node:path";
import { isStale } from "./stale.ts";

Deno.test("isStale looks at the times of what the build reads, and of nothing else", () => {
  const root = Deno.makeTempDirSync();
  const put = (path: string, seconds: number) => {
    const file = join(root, path);
    Deno.mkdirSync(join(file, ".."), { recursive: true });
    Deno.writeTextFileSync(file, "");
    Deno.utimeSync(file, seconds, seconds);
  };
  const result = join(root, "dist/server.js");
  try {
    put("main.ts", 10);
    put("routes/vms/index.tsx", 10);
    assert.equal(isStale(root, result), true, "nothing was built");
    put("dist/server.js", 20);
    assert.equal(isStale(root, result), false);
    for (
      const path of ["dist/static/a.js", "node_modules/a.js", "docs/a.md", "tests/a.ts", ".x/a"]
    ) {
      put(path, 30);
    }
    assert.equal(isStale(root, result), false);
    for (const path of ["routes/vms/index.tsx", "main.ts"]) {
      put(path, 30);
      assert.equal(isStale(root, result), true, path);
      put(path, 10);
    }
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
