import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { XMLView } from "./XMLView.tsx";

Deno.test("XMLView shows the XML as libvirt wrote it", () => {
  const xml = `<a b="&lt;1">Linux&apos;s <!-- x & y --> &amp;</a>`;
  const html = renderToString(<XMLView xml={xml} href="/xml" />);
  const shown = html.slice(html.indexOf("<code>") + 6, html.indexOf("</code>"));
  const text = shown.replace(/<[^>]+>/g, "").replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]!,
  );
  assert.equal(text, xml);
});
