import assert from "node:assert/strict";
import { valuesOf } from "./page_values.ts";

const html = `<link rel="stylesheet" href="/main.css"><link rel="modulepreload" href="/a.js">
<script type="application/json" id="fresh-islands">[["/a.js","Connection",{}],["/b.js","HostView",${
  JSON.stringify({ host: { name: "h" }, vms: [{ name: "web1" }] })
}]]</script>`;

Deno.test("valuesOf reads the values, scripts and style of the host page", () => {
  assert.deepEqual(valuesOf(html), {
    view: { host: { name: "h" }, vms: [{ name: "web1" }] },
    scripts: ["/a.js"],
    style: "/main.css",
  });
});

Deno.test("valuesOf refuses another page", () => {
  assert.throws(() => valuesOf("<form>sign in"), /not the host page: <form>/);
});
