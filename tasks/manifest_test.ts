import assert from "node:assert/strict";
import { join } from "node:path";
import { manifestSource } from "./build/manifest_source.ts";
import { project } from "./build/project.ts";

Deno.test("manifest_gen.ts is what routes/ and islands/ hold", async () => {
  const written = await Deno.readTextFile(join(project, "manifest_gen.ts"));
  assert.equal(written, manifestSource(project), "stale: run deno run -A tasks/manifest.ts");
});

/** Who draws which island, at once or by what they import; a type draws nothing. */
const IMPORTS: Record<string, string> = {
  "routes/_layout.tsx": 'import { Bell } from "@/islands/Bell.tsx"; Bell();',
  "routes/index.tsx": 'export { button } from "./(_parts)/button.tsx";',
  "routes/(_parts)/button.tsx": 'export const button = () => import("../../islands/Chart.tsx");',
  "routes/api/vms.ts": 'import type { Chart } from "@/islands/Chart.tsx"; export type C = Chart;',
  "islands/Chart.tsx": 'import { Bell } from "./Bell.tsx"; export const Chart = Bell;',
  "islands/Bell.tsx": "export const Bell = () => {};",
};

Deno.test("manifestSource takes routes and islands, and nothing else that lies beside them", () => {
  const root = Deno.makeTempDirSync();
  try {
    for (
      const path of [
        "routes/_middleware.ts",
        "routes/_layout.tsx",
        "routes/index.tsx",
        "routes/index_test.ts",
        "routes/api/vms.ts",
        "routes/(_parts)/button.tsx",
        "islands/Bell.tsx",
        "islands/Chart.tsx",
        "islands/chart_scale.ts",
        "islands/hooks/useChart.tsx",
      ]
    ) {
      const file = join(root, path);
      Deno.mkdirSync(join(file, ".."), { recursive: true });
      Deno.writeTextFileSync(file, IMPORTS[path] ?? "");
    }
    const [, ...lines] = manifestSource(root).split("\n").filter((line) => line !== "");
    assert.deepEqual(lines, [
      'import type { Manifest } from "fresh";',
      'import * as module1 from "./routes/_middleware.ts";',
      "export const manifest: Manifest = {",
      "  routes: {",
      '    "_layout.tsx": async () => ({ module: await import("./routes/_layout.tsx"), islands: { "Bell.tsx": await import("./islands/Bell.tsx") } }),',
      '    "_middleware.ts": module1,',
      '    "api/vms.ts": async () => ({ module: await import("./routes/api/vms.ts") }),',
      '    "index.tsx": async () => ({ module: await import("./routes/index.tsx"), islands: { "Bell.tsx": await import("./islands/Bell.tsx"), "Chart.tsx": await import("./islands/Chart.tsx") } }),',
      "  },",
      "  islands: {},",
      "};",
    ]);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
