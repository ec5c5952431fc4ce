import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { writeAsset } from "../tasks/build/asset_files.ts";
import { type AssetManifest, assetURL, useAssets } from "./assets.ts";
import { App, staticFiles } from "./mod.ts";

const script = `export const text = "${"a".repeat(2000)}";`;

/** A folder with a hashed script, an icon and a file that the manifest does not list. */
async function withFiles(
  use: (
    get: (path: string, headers?: HeadersInit, method?: string) => Promise<Response>,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const bytes = new TextEncoder().encode(script);
  const icon = Uint8Array.of(137, 80, 78, 71);
  const options = { immutable: false, compress: true };
  const files: AssetManifest["files"] = {
    "/assets/a-hash.js": await writeAsset(folder, "/assets/a-hash.js", bytes, {
      ...options,
      immutable: true,
    }),
    "/icons/icon.png": await writeAsset(folder, "/icons/icon.png", icon, options),
  };
  const assets = { "/icons/icon.png": `/icons/icon.png?v=${files["/icons/icon.png"]!.hash}` };
  await Deno.writeTextFile(`${folder}/secret.txt`, "secret");
  await Deno.writeTextFile(
    `${folder}/manifest.json`,
    JSON.stringify({ scripts: {}, assets, files }),
  );
  const restore = useAssets(folder);
  try {
    const handler = new App().use(staticFiles()).get("/page", (ctx) => ctx.text("page")).handler();
    await use((path, headers = {}, method = "GET") =>
      handler(new Request(new URL(path, "http://localhost"), { headers, method }))
    );
  } finally {
    restore();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("staticFiles serves a hashed file for ever, in the coding the browser takes", () =>
  withFiles(async (get) => {
    const plain = await get("/assets/a-hash.js");
    assert.equal(plain.headers.get("content-type"), "text/javascript; charset=utf-8");
    assert.equal(plain.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(plain.headers.get("vary"), "accept-encoding");
    assert.equal(plain.headers.get("content-encoding"), null);
    assert.equal(await plain.text(), script);

    const brotli = await get("/assets/a-hash.js", { "accept-encoding": "gzip, deflate, br" });
    assert.equal(brotli.headers.get("content-encoding"), "br");
    const gzip = await get("/assets/a-hash.js", { "accept-encoding": "br;q=0, GZIP;q=0.5" });
    assert.equal(gzip.headers.get("content-encoding"), "gzip");
    assert.equal(gunzipSync(await gzip.bytes()).toString(), script);
    const tags = [plain, brotli, gzip].map(({ headers }) => headers.get("etag"));
    assert.equal(new Set(tags).size, 3);
  }));

Deno.test("staticFiles answers 304 to whoever has the file already", () =>
  withFiles(async (get) => {
    const etag = (await get("/icons/icon.png")).headers.get("etag")!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const response = await get("/icons/icon.png", { "if-none-match": known });
      assert.deepEqual([response.status, await response.text()], [304, ""], known);
      assert.equal(response.headers.get("etag"), etag);
    }
    assert.equal((await get("/icons/icon.png", { "if-none-match": '"other"' })).status, 200);
  }));

Deno.test("staticFiles lets a file be kept only under the address of this content", () =>
  withFiles(async (get) => {
    const cached = async (path: string) => (await get(path)).headers.get("cache-control");
    assert.equal(await cached("/icons/icon.png"), "no-cache");
    assert.equal(await cached("/icons/icon.png?v=older"), "no-cache");
    assert.match((await cached(assetURL("/icons/icon.png")))!, /immutable/);
    assert.equal(assetURL("/unknown.png"), "/unknown.png");
  }));

Deno.test("staticFiles answers HEAD with the length and no body", () =>
  withFiles(async (get) => {
    const head = await get("/assets/a-hash.js", {}, "HEAD");
    assert.equal(head.headers.get("content-length"), String(script.length));
    assert.equal(await head.text(), "");
  }));

Deno.test("staticFiles serves nothing but what the manifest lists", () =>
  withFiles(async (get) => {
    for (
      const path of [
        "/secret.txt",
        "/manifest.json",
        "/assets/a-hash.js.br",
        "/assets/../secret.txt",
        "/assets/%2e%2e/secret.txt",
        "/assets%2f..%2fsecret.txt",
        "//secret.txt",
        "/assets/",
        "/constructor",
        "/__proto__",
      ]
    ) {
      const response = await get(path);
      assert.equal(response.status, 404, path);
      await response.body?.cancel();
    }
    assert.equal((await get("/assets/a-hash.js", {}, "POST")).status, 404);
    assert.equal(await (await get("/page")).text(), "page");
  }));
