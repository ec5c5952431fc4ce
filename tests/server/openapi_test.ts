import assert from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import { loadRoute } from "@/fresh/load_route.ts";
import { manifest } from "@/manifest_gen.ts";
import * as z from "@/protocol/zod.ts";
import { openAPI } from "@/services/openapi/document.ts";
import { answers, OPERATIONS } from "@/services/openapi/operations.ts";
import { outline } from "@/services/openapi/outline.ts";
import { Server } from "@/tests/harness/server.ts";

const sorted = (names: Iterable<string>) => [...names].toSorted();

Deno.test("the API's description has every operation that routes/api/v1 has, and no other", async () => {
  const routes = await Promise.all(
    Object.entries(manifest.routes)
      .filter(([file]) => file.startsWith("api/v1/") && !file.endsWith("_middleware.ts"))
      .map(async ([file, route]) => {
        const path = file.slice("api/v1".length).replace(/\.ts$/, "").replace(/\/index$/, "")
          .replace(/\[(\w+)\]/g, "{$1}");
        const { handler } = await loadRoute(route) as { handler: Record<string, unknown> };
        return Object.keys(handler).map((method) => `${method} ${path}`);
      }),
  );
  assert.deepEqual(
    sorted(OPERATIONS.map(({ method, path }) => `${method} ${path}`)),
    sorted(routes.flat()),
  );
});

Deno.test("the API's description is OpenAPI 3.1, and every reference leads somewhere", async () => {
  const document = openAPI();
  const { valid, errors } = await new Validator().validate(document);
  assert.ok(valid, JSON.stringify(errors, null, 1));
  const { components } = document as { components: { schemas: Record<string, unknown> } };
  const named = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
  for (const [, reference] of named) {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(reference!)?.[1];
    assert.ok(name !== undefined && name in components.schemas, reference);
  }
});

Deno.test("outline writes a schema as fields, lists and alternatives", () => {
  const text = outline({
    type: "object",
    required: ["name", "vms", "since"],
    properties: {
      name: { type: ["string", "null"] },
      vms: { type: "array", items: { $ref: "#/components/schemas/VM" } },
      since: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
      state: { enum: ["on", "off"] },
      deep: { type: "object", properties: { a: { type: "integer" } }, required: ["a"] },
    },
  });
  assert.equal(
    text,
    'name: string or null\nvms: list of VM\nsince: time or null\nstate?: "on" or "off"\ndeep?: {\n  a: integer\n}',
  );
});

Deno.test("what the server answers is what the API's description says", async (test) => {
  await using server = await Server.start({ connect: "test:///default" });
  const shapes = answers();
  for (const { method, path, answer: { of, list } } of OPERATIONS) {
    const address = path.replace("/vms/{name}", "/vms/test").replace(
      "/users/{name}",
      "/users/admin",
    );
    if (method !== "GET" || address.includes("{") || of === undefined) continue;
    await test.step(`${method} ${path}`, async () => {
      const value = await server.json(`/api/v1${address}`);
      const shape = list ? z.array(shapes[of]) : shapes[of];
      // What a schema does not know, it drops: then the two differ.
      assert.deepEqual(shape.parse(value), value);
    });
  }
  await test.step("GET /openapi.json and /api/docs need nobody signed in", async () => {
    const json = await server.fetch("/api/v1/openapi.json", { token: null });
    assert.deepEqual(await json.json(), JSON.parse(JSON.stringify(openAPI())));
    const page = await server.fetch("/api/docs", { token: null });
    assert.equal(page.status, 200);
    const html = await page.text();
    for (const { path } of OPERATIONS) assert.ok(html.includes(path), path);
    assert.doesNotMatch(html, /<script/);
    assert.doesNotMatch(html, /(src|href)="https?:/);
  });
  await test.step("every link within /api/docs leads somewhere", async () => {
    const html = await (await server.fetch("/api/docs")).text();
    const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    assert.ok(links.length > OPERATIONS.length);
    assert.deepEqual(links.filter((link) => !anchors.has(link)), []);
  });
});
