import assert from "node:assert/strict";
import { createContext, Fragment, h } from "preact";
import { useContext } from "preact/hooks";
import { renderToString } from "preact-render-to-string";
import { builtSite, siteManifest } from "./fixtures/site.ts";
import { Counter } from "./fixtures/site/islands/Counter.tsx";
import Panel from "./fixtures/site/islands/Panel.tsx";
import { Values } from "./fixtures/site/islands/Values.tsx";
import { values } from "./fixtures/site/values.ts";
import { revive } from "./client/revive.ts";
import { App } from "./mod.ts";

async function site() {
  const handler = new App().fsRoutes(await siteManifest())
    .get("/nested", (ctx) => ctx.render(h(Nested, null)))
    .handler();
  return async (path: string) =>
    await (await handler(new Request(new URL(path, "http://localhost")))).text();
}

const Theme = createContext("none");
const Themed = () => h("i", null, useContext(Theme));

const Nested = () =>
  h(
    Theme.Provider,
    { value: "dark" },
    h(Panel, { title: "outer", children: [h(Counter, { start: 1 }), "text", h(Themed, null)] }),
  );

const props = (html: string): [string, string, Record<string, unknown>][] =>
  JSON.parse(/<script type="application\/json" id="fresh-islands">(.*?)<\/script>/.exec(html)![1]!);

Deno.test("A page without an island has no script, preload or props", async () => {
  using _built = await builtSite();
  const html = await (await site())("/");
  assert.match(html, /<p>no island<\/p>/);
  assert.doesNotMatch(html, /<script|modulepreload|fresh-islands|<!--/);
});

Deno.test("A page with islands has their HTML between comments, and their modules preloaded", async () => {
  using _built = await builtSite();
  const html = await (await site())("/counter");
  assert.match(
    html,
    /<tbody><!--island:0--><tr><td id="count">1<\/td>.*<\/tr><!--\/island:0--><\/tbody>/,
  );
  const [[module, exportName, given] = [], ...others] = props(html);
  assert.match(module!, /^\/assets\/Counter-[\w-]+\.js$/);
  assert.deepEqual([exportName, given, others], ["Counter", { start: 1 }, []]);
  const head = html.slice(0, html.indexOf("</head>"));
  assert.ok(head.includes(`<link rel="modulepreload" href="${module}">`));
  assert.match(head, /<link rel="modulepreload" href="\/assets\/basics-[\w-]+\.js">/);
  assert.match(head, /<script type="module" src="\/assets\/main-[\w-]+\.js"><\/script>/);
  assert.doesNotMatch(html, /Panel|Values/);
  assert.match(head, /<link rel="stylesheet" href="\/assets\/main-[\w-]+\.css"\/>/);
});

Deno.test("The islands of a lazy route are known before it is drawn", async () => {
  using _built = await builtSite();
  const Lamp = () => h("b", null, "on");
  const handler = new App().fsRoutes({
    routes: {
      "index.ts": () =>
        Promise.resolve({
          module: { default: () => h(Lamp, null) },
          islands: { "Counter.tsx": { Lamp } },
        }),
    },
    islands: {},
  }).handler();
  const html = await (await handler(new Request("http://localhost/"))).text();
  assert.match(html, /<!--island:0--><b>on<\/b><!--\/island:0-->/);
  assert.equal(props(html)[0]?.[1], "Lamp");
});

Deno.test("Island props cannot end their script element", async () => {
  using _built = await builtSite();
  const html = await (await site())("/islands");
  assert.equal(html.split("evil()").length - 1, 2);
  assert.doesNotMatch(html, /<script>evil/);
  assert.deepEqual(revive(props(html).at(-1)?.[2]), { id: "values", value: values });
});

Deno.test("JSX given to an island arrives as HTML, with islands in it of their own", async () => {
  using _built = await builtSite();
  const html = await (await site())("/nested");
  const names = props(html).map(([, name]) => name);
  assert.deepEqual(names, ["Counter", "default"]);
  assert.match(html, /<!--island:1--><section.*<fresh-slot><!--island:0-->.*<!--\/island:0-->/s);
  assert.match(html, /<\/fresh-slot>text<fresh-slot><i>dark<\/i><\/fresh-slot>/);
});

Deno.test("An island with a function among its props says which island and prop", async () => {
  const reported: unknown[] = [];
  const handler = new App({ onUnhandledError: (error) => reported.push(error) })
    .fsRoutes(await siteManifest())
    .get("/function", (ctx) => ctx.render(h(Values, { id: "f", value: () => {} })));
  const response = await handler.handler()(new Request("http://localhost/function"));
  assert.equal(response.status, 500);
  assert.match(String(reported[0]), /Island "Values" cannot take the prop "value": a function/);
});

Deno.test("Islands rendered alone, as in a test of a component, are just components", () => {
  assert.equal(
    renderToString(h(Fragment, null, h(Values, { id: "v", value: 1 }))),
    '<pre id="v" data-where="server">1</pre>',
  );
});
