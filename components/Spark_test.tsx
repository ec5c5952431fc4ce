import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { Spark } from "./Spark.tsx";

Deno.test("Spark draws a line, and nothing where no two points stand side by side", () => {
  assert.match(renderToString(<Spark points={[null, 1, 2]} full={100} />), /<path d="M\d+ \d+L/);
  for (const points of [[], [null, null], [1], [1, null, 2]]) {
    assert.equal(renderToString(<Spark points={points} full={null} />), "");
  }
});
