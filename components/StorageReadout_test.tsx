import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { StorageReadout } from "@/components/StorageReadout.tsx";

const storage = { pool: "images", pools: 2, used: 95 * 1024 ** 3, total: 100 * 1024 ** 3 };

Deno.test("StorageReadout says how much of which pool is used, and warns of one that is nearly full", () => {
  const html = renderToString(<StorageReadout storage={storage} />);
  assert.match(html, /of 100\u00a0GiB, pool images, the fullest of 2</);
  assert.match(html, /meter-high/);
});
