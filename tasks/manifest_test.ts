import assert from "node:assert/strict";
import { join } from "node:path";
import { manifestSource } from "./build/manifest_source.ts";
import { project } from "./build/project.ts";

Deno.test("manifest_gen.ts is what routes/ and islands/ hold", async () => {
  const written = await Deno.readTextFile(join(project, "manifest_gen.ts"));
  assert.equal(written, manifestSource(project), "stale: run deno run -A tasks/manifest.ts");
});

Deno.test("manifestSource takes routes and islands, and nothing else that lies beside them", () => {
  const root = Deno.makeTempDirSync();
  try {
    for (
      const path of [
        "routes/_middleware.ts",
        "routes/index.tsx",
        "routes/index_test.ts",
        "routes/api/vms.ts",
        "routes/(_parts)/button.tsx",
        "islands/Chart.tsx",
        "islands/chart_scale.ts",
        "islands/hooks/useChart.tsx",
      ]
    ) {
      const file = join(root, path);
      Deno.mkdirSync(join(file, ".."), { recursive: true });
      Deno.writeTextFileSync(file, "");
    }
    const [, ...lines] = manifestSource(root).split("\n").filter((line) => line !== "");
    assert.deepEqual(lines, [
      'import type { Manifest } from "fresh";',
      'import * as module1 from "./routes/_middleware.ts";',
      'import * as module2 from "./islands/Chart.tsx";',
      "export const manifest: Manifest = {",
      "  routes: {",
      '    "_middleware.ts": module1,',
      '    "api/vms.ts": () => import("./routes/api/vms.ts"),',
      '    "index.tsx": () => import("./routes/index.tsx"),',
      "  },",
      "  islands: {",
      '    "Chart.tsx": module2,',
      "  },",
      "};",
    ]);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
