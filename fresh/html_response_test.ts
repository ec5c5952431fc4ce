import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { htmlResponse } from "./html_response.ts";

const html = `<!DOCTYPE html><p>${"long – ".repeat(1000)}</p>`;

const answer = (accepted: string | null, text = html, init: ResponseInit = {}) =>
  htmlResponse(
    new Request("http://localhost/", { headers: accepted ? { "accept-encoding": accepted } : {} }),
    text,
    init,
  );

Deno.test("htmlResponse compresses a page for who takes gzip", async () => {
  const response = await answer("gzip, deflate, br, zstd");
  assert.equal(response.headers.get("content-encoding"), "gzip");
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(response.headers.get("vary"), "accept-encoding");
  const bytes = await response.bytes();
  assert.ok(bytes.length < html.length / 10);
  assert.equal(gunzipSync(bytes).toString(), html);
});

Deno.test("htmlResponse leaves a page alone that is short, or for who refuses gzip", async () => {
  for (const accepted of [null, "identity", "gzip;q=0", "br"]) {
    const response = await answer(accepted);
    assert.equal(response.headers.get("content-encoding"), null, accepted ?? "nothing said");
    assert.equal(await response.text(), html);
  }
  assert.equal((await answer("gzip", "<p>short</p>")).headers.get("content-encoding"), null);
});

Deno.test("htmlResponse keeps status and headers", async () => {
  for (const accepted of ["gzip", "identity"]) {
    const { status, headers } = await answer(accepted, html, {
      status: 404,
      headers: { "vary": "cookie", "content-type": "text/plain", "x-own": "1" },
    });
    assert.equal(status, 404);
    assert.equal(headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(headers.get("x-own"), "1");
    assert.match(headers.get("vary") ?? "", /^cookie/);
  }
});

Deno.test("htmlResponse is compressed once, where Deno.serve compresses as well", async () => {
  const options = { hostname: "127.0.0.1", port: 0, automaticCompression: true, onListen() {} };
  await using server = Deno.serve(options, (request) => htmlResponse(request, html, {}));
  for (const accepted of ["gzip", "gzip, br", "br", "identity"]) {
    const url = `http://127.0.0.1:${server.addr.port}`;
    const response = await fetch(url, { headers: { "accept-encoding": accepted } });
    assert.equal(await response.text(), html, accepted);
  }
});
