import assert from "node:assert/strict";
import { Fragment } from "preact";
import { App, createDefine, HttpError, type Manifest, page, type PageProps } from "./mod.ts";
import { Head } from "./runtime.ts";

interface State {
  order: string[];
}
const define = createDefine<State>();

const Text = (text: string) => ({ default: define.page(() => <p>{text}</p>) });

/** A layout that is an element of that name. */
const around = (name: string) => ({
  default: define.layout(({ Component }) => (
    <div id={name}>
      <Component />
    </div>
  )),
});

function fetcher(routes: Manifest["routes"], app = new App<State>()) {
  const handler = app.fsRoutes({ routes, islands: {} }).handler();
  return (path: string, init?: RequestInit) =>
    handler(new Request(new URL(path, "http://localhost"), init));
}

async function body(response: Promise<Response>): Promise<string> {
  return (await (await response).text()).replace(/^.*<body>|<\/body>.*$/gs, "");
}

Deno.test("App prefers literals to parameters and parameters to the rest of a path", async () => {
  const get = fetcher({
    "[...path].tsx": Text("rest"),
    "vms/[name].tsx": Text("param"),
    "vms/index.tsx": Text("vms"),
    "vms/new.tsx": Text("new"),
    "vms/[name]/console.tsx": Text("console"),
    "index.tsx": Text("index"),
  });
  const table = {
    "/": "index",
    "/vms": "vms",
    "/vms/new": "new",
    "/vms/web1": "param",
    "/vms/web1/console": "console",
    "/vms/web1/other": "rest",
    "/elsewhere": "rest",
  };
  for (const [path, text] of Object.entries(table)) {
    assert.equal(await body(get(path)), `<p>${text}</p>`, path);
  }
});

Deno.test("App leaves group folders out of the address and ignores private ones", async () => {
  const get = fetcher({
    "(site)/about.tsx": Text("about"),
    "(_parts)/button.tsx": Text("button"),
  });
  assert.equal(await body(get("/about")), "<p>about</p>");
  assert.equal((await get("/button")).status, 404);
  assert.equal((await get("/(_parts)/button")).status, 404);
});

Deno.test("App gives parameters percent-decoded once, and the pattern as ctx.route", async () => {
  const show = { handlers: define.handlers((ctx) => ctx.json([ctx.route, ctx.params])) };
  const get = fetcher({
    "vms/[name].ts": show,
    "docs/[[version]]/index.ts": show,
    "old/[...path].ts": show,
  });
  const json = async (path: string) => await (await get(path)).json();
  assert.deepEqual(await json("/vms/a%2520b%2Fc"), ["/vms/:name", { name: "a%20b/c" }]);
  assert.deepEqual(await json("/vms/%C3%A4"), ["/vms/:name", { name: "ä" }]);
  assert.deepEqual(await json("/docs"), ["/docs{/:version}?", {}]);
  assert.deepEqual(await json("/docs/2"), ["/docs{/:version}?", { version: "2" }]);
  assert.deepEqual(await json("/old"), ["/old/:path*", {}]);
  assert.deepEqual(await json("/old/a/b%20c"), ["/old/:path*", { path: "a/b c" }]);
});

Deno.test("App answers 400 to malformed percent-encoding, within the error page", async () => {
  const get = fetcher({
    "_error.tsx": { default: define.page(({ error }) => <b>{(error as HttpError).status}</b>) },
    "vms/[name].tsx": Text("vm"),
  });
  for (const path of ["/vms/%zz", "/%", "/vms/%C3"]) {
    const response = await get(path);
    assert.equal(response.status, 400, path);
    assert.match(await response.text(), /<b>400<\/b>/);
  }
});

Deno.test("App renders app wrapper, layouts and page from the outside in", async () => {
  const get = fetcher({
    "_app.tsx": {
      default: define.page(({ Component }) => (
        <html lang="en">
          <body>
            <Component />
          </body>
        </html>
      )),
    },
    "_layout.tsx": around("root"),
    "vms/_layout.tsx": around("vms"),
    "vms/index.tsx": Text("vms"),
    "bare/_layout.tsx": { ...around("bare"), config: { skipInheritedLayouts: true } },
    "bare/index.tsx": Text("bare"),
    "none.tsx": { ...Text("none"), config: { skipInheritedLayouts: true } },
    "naked.tsx": { ...Text("naked"), config: { skipAppWrapper: true } },
  });
  assert.equal(
    await (await get("/vms")).text(),
    '<!DOCTYPE html><html lang="en"><body><div id="root"><div id="vms"><p>vms</p></div></div></body></html>',
  );
  assert.equal(await body(get("/bare")), '<div id="bare"><p>bare</p></div>');
  assert.equal(await body(get("/none")), "<p>none</p>");
  assert.doesNotMatch(await (await get("/naked")).text(), /lang="en"/);
});

Deno.test("App waits for async pages and layouts, which may answer with a Response", async () => {
  const get = fetcher({
    "_layout.tsx": {
      default: define.layout(async ({ Component, url }) => {
        await Promise.resolve();
        if (url.searchParams.has("out")) return new Response("layout", { status: 418 });
        return (
          <main>
            <Component />
          </main>
        );
      }),
    },
    "index.tsx": { default: define.page(async () => <p>{await Promise.resolve("late")}</p>) },
  });
  assert.equal(await body(get("/")), "<main><p>late</p></main>");
  assert.equal((await get("/?out")).status, 418);
});

Deno.test("App runs middlewares from the outside in and back again", async () => {
  const step = (name: string) =>
    define.middleware(async (ctx) => {
      ctx.state.order.push(`>${name}`);
      const response = await ctx.next();
      response.headers.append("x-order", `<${name}`);
      return response;
    });
  const app = new App<State>().use((ctx) => {
    ctx.state.order = [];
    return ctx.next();
  }, step("app"));
  const get = fetcher({
    "_middleware.ts": { default: step("root") },
    "(admin)/_middleware.ts": { default: step("group") },
    "(admin)/vms/_middleware.ts": { default: [step("vms1"), step("vms2")] },
    "(admin)/vms/[name].ts": { handlers: define.handlers((ctx) => ctx.json(ctx.state.order)) },
    "other.ts": { handlers: define.handlers((ctx) => ctx.json(ctx.state.order)) },
  }, app);
  const response = await get("/vms/x");
  assert.deepEqual(await response.json(), [">app", ">root", ">group", ">vms1", ">vms2"]);
  assert.equal(response.headers.get("x-order"), "<vms2, <vms1, <group, <root, <app");
  assert.deepEqual(await (await get("/other")).json(), [">app", ">root"]);
});

Deno.test("App runs a folder's middlewares for addresses in it that no route has", async () => {
  const get = fetcher({
    "api/_middleware.ts": {
      default: define.middleware(async (ctx) => {
        try {
          return await ctx.next();
        } catch (error) {
          assert(error instanceof HttpError);
          return ctx.json({ status: error.status }, { status: error.status });
        }
      }),
    },
    "api/vms.ts": { handlers: define.handlers({ GET: () => new Response("vms") }) },
    "index.tsx": Text("index"),
  });
  assert.deepEqual(await (await get("/api/nothing/here")).json(), { status: 404 });
  const wrong = await get("/api/vms", { method: "PUT" });
  assert.equal(wrong.headers.get("allow"), "GET, HEAD");
  assert.deepEqual(await wrong.json(), { status: 405 });
  assert.equal(await (await get("/nothing")).text(), "Not Found\n");
});

Deno.test("App gives the handler's data, status and headers to the page", async () => {
  const handlers = define.handlers({
    GET: () => page({ name: "web1" }, { status: 202, headers: { "x-from": "handler" } }),
    POST: (ctx) => ctx.redirect("/"),
  });
  const get = fetcher({
    "index.tsx": {
      handlers,
      default: define.page<typeof handlers>(({ data }) => <p>{data.name}</p>),
    },
  });
  const response = await get("/");
  assert.equal(response.status, 202);
  assert.equal(response.headers.get("x-from"), "handler");
  assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  assert.match(await response.text(), /<p>web1<\/p>/);
  const post = await get("/", { method: "POST" });
  assert.deepEqual([post.status, post.headers.get("location")], [302, "/"]);
});

Deno.test("App answers HEAD as GET without the body, and 405 with Allow otherwise", async () => {
  const get = fetcher({
    "index.tsx": { ...Text("index"), handlers: { POST: () => new Response("posted") } },
    "any.ts": { handler: define.handlers((ctx) => ctx.text(ctx.req.method)) },
  });
  const head = await get("/", { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  assert.equal(head.headers.get("content-type"), "text/html; charset=utf-8");
  const put = await get("/", { method: "PUT" });
  assert.deepEqual([put.status, put.headers.get("allow")], [405, "GET, HEAD, POST"]);
  const odd = await get("/", { method: "constructor" });
  assert.equal(odd.status, 405);
  assert.equal(await (await get("/any", { method: "DELETE" })).text(), "DELETE");
});

Deno.test("App shows the nearest _error with the error's status, and reports real faults", async () => {
  const reported: unknown[] = [];
  const fault = new TypeError("a secret of the inside");
  const errorPage = (name: string) => ({
    default: define.page(({ error }: PageProps<unknown, State>) => (
      <p>{name}: {error instanceof HttpError ? error.message : "fault"}</p>
    )),
  });
  const throwing = (error: unknown) => ({
    handlers: define.handlers(() => {
      throw error;
    }),
  });
  const app = new App<State>({ onUnhandledError: (error) => reported.push(error) });
  const get = fetcher({
    "_error.tsx": errorPage("root"),
    "vms/_error.tsx": errorPage("vms"),
    "vms/gone.ts": throwing(new HttpError(410, "it left")),
    "fault.ts": throwing(fault),
    "page.tsx": {
      default: () => {
        throw fault;
      },
    },
  }, app);
  const seen = async (path: string) => {
    const response = await get(path);
    return [response.status, /<p>(.*)<\/p>/.exec(await response.text())?.[1]];
  };
  assert.deepEqual(await seen("/vms/gone"), [410, "vms: it left"]);
  assert.deepEqual(await seen("/vms/nothing"), [404, "vms: Not Found"]);
  assert.deepEqual(await seen("/nothing"), [404, "root: Not Found"]);
  assert.deepEqual(reported, []);
  assert.deepEqual(await seen("/fault"), [500, "root: fault"]);
  assert.deepEqual(await seen("/page"), [500, "root: fault"]);
  assert.deepEqual(reported, [fault, fault]);
});

Deno.test("App tells nothing of a fault when the error page fails too", async () => {
  const reported: unknown[] = [];
  const app = new App<State>({ onUnhandledError: (error) => reported.push(error) });
  const fail = () => {
    throw new Error("secret");
  };
  const get = fetcher({ "_error.tsx": { default: fail }, "index.tsx": { default: fail } }, app);
  const response = await get("/");
  assert.equal(response.status, 500);
  assert.equal(await response.text(), "Internal Server Error\n");
  assert.equal(reported.length, 2);
});

Deno.test("App lets middlewares of use() see the error page, to add headers to it", async () => {
  const app = new App<State>().use(async (ctx) => {
    const response = await ctx.next();
    response.headers.set("x-frame-options", "DENY");
    return response;
  });
  const get = fetcher({ "_error.tsx": Text("error") }, app);
  const response = await get("/nothing");
  assert.deepEqual([response.status, response.headers.get("x-frame-options")], [404, "DENY"]);
});

Deno.test("App imports a lazy route once, when it is first asked for", async () => {
  let imports = 0;
  const get = fetcher({
    "lazy.ts": () => {
      imports++;
      return Promise.resolve({ module: { handlers: { GET: () => new Response("loaded") } } });
    },
  });
  assert.equal(imports, 0);
  assert.equal(await (await get("/lazy")).text(), "loaded");
  assert.equal((await get("/lazy", { method: "POST" })).headers.get("allow"), "GET, HEAD");
  assert.equal(imports, 1);
});

Deno.test("App imports a lazy layout when a page first stands in it", async () => {
  let imports = 0;
  const get = fetcher({
    "_layout.tsx": () => {
      imports++;
      return Promise.resolve({ module: around("late") });
    },
    "index.tsx": Text("index"),
    "other.tsx": Text("other"),
    "none.tsx": { ...Text("none"), config: { skipInheritedLayouts: true } },
  });
  assert.equal(await body(get("/none")), "<p>none</p>");
  assert.equal(imports, 0);
  assert.equal(await body(get("/")), '<div id="late"><p>index</p></div>');
  assert.equal(await body(get("/other")), '<div id="late"><p>other</p></div>');
  assert.equal(imports, 1);
});

Deno.test("App refuses route files that cannot work, naming them", () => {
  const table: [Manifest["routes"], RegExp][] = [
    [{ "empty.ts": {} }, /routes\/empty\.ts exports neither/],
    [{ "_404.tsx": Text("") }, /routes\/_404\.tsx/],
    [{ "_middleware.ts": { default: "no" } }, /routes\/_middleware\.ts must export/],
    [{ "_error.tsx": {} }, /routes\/_error\.tsx must export a component/],
    [{ "_error.tsx": () => Promise.reject() }, /routes\/_error\.tsx must not be lazy/],
    [{ "a.tsx": Text(""), "(g)/a.tsx": Text("") }, /Two files in routes\/ answer \/a/],
    [{ "[...all]/x.tsx": Text("") }, /must come last/],
    [{ "a[b].tsx": Text("") }, /not a valid name/],
  ];
  for (const [routes, message] of table) assert.throws(() => fetcher(routes), message);
});

Deno.test("App.get and its siblings add routes beside those of files", async () => {
  const app = new App<State>()
    .get("/healthz", () => new Response("ok"))
    .post("/healthz", () => new Response("posted"))
    .get("/files/:path*", (ctx) => ctx.json(ctx.params));
  const get = fetcher({ "index.tsx": Text("index") }, app);
  assert.equal(await (await get("/healthz")).text(), "ok");
  assert.equal(await (await get("/healthz", { method: "POST" })).text(), "posted");
  assert.equal((await get("/healthz", { method: "PUT" })).headers.get("allow"), "GET, HEAD, POST");
  assert.deepEqual(await (await get("/files/a/b")).json(), { path: "a/b" });
});

Deno.test("Context.redirect never leaves the host for a path", async () => {
  const get = fetcher({
    "[...to].ts": {
      handlers: define.handlers((ctx) => ctx.redirect(ctx.url.searchParams.get("to")!)),
    },
  });
  const location = async (to: string) =>
    (await get(`/?to=${encodeURIComponent(to)}`)).headers.get("location");
  assert.equal(await location("/vms/a//b?c"), "/vms/a//b?c");
  for (
    const evil of ["//evil.example/", "/\\evil.example/", "/\t/evil.example/", "///evil.example/"]
  ) {
    assert.equal(await location(evil), "/evil.example/");
  }
});

Deno.test("Context.stream sends strings and bytes", async () => {
  const get = fetcher({
    "index.ts": {
      handlers: define.handlers((ctx) =>
        ctx.stream(function* () {
          yield "ä";
          yield new Uint8Array([98]);
        })
      ),
    },
  });
  assert.equal(await (await get("/")).text(), "äb");
});

Deno.test("Head puts its children into the head, and the last title counts", async () => {
  const get = fetcher({
    "_app.tsx": {
      default: define.page(({ Component }) => (
        <html>
          <head>
            <meta charset="utf-8" />
            <meta name="description" content="of the app" />
            <title>app</title>
          </head>
          <body>
            <Component />
          </body>
        </html>
      )),
    },
    "index.tsx": {
      default: define.page(() => (
        <div>
          <Head>
            <title>first</title>
            <Fragment>
              <meta name="description" content="of the page" />
            </Fragment>
          </Head>
          <Head>
            <title>{"<VM>"}</title>
          </Head>
        </div>
      )),
    },
  });
  assert.equal(
    await (await get("/")).text(),
    '<!DOCTYPE html><html><head><meta charset="utf-8"/>' +
      '<title>&lt;VM></title><meta name="description" content="of the page"/></head>' +
      "<body><div></div></body></html>",
  );
});

Deno.test("Context.upgrade hands over a WebSocket, and answers 400 to anything else", async () => {
  const handler = new App<State>().fsRoutes({
    routes: {
      "managed.ts": {
        handlers: define.handlers((ctx) =>
          ctx.upgrade({ message: (socket, { data }) => socket.send(`managed ${data}`) })
        ),
      },
      "bare.ts": {
        handlers: define.handlers((ctx) => {
          const { socket, response } = ctx.upgrade({ protocol: "v1" });
          socket.onmessage = ({ data }) => socket.send(`bare ${data}`);
          return response;
        }),
      },
    },
    islands: {},
  }).handler();
  await using server = Deno.serve({ port: 0, onListen() {} }, handler);
  const { port } = server.addr;
  for (const name of ["managed", "bare"]) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${name}`, name === "bare" ? ["v1"] : []);
    const echo = Promise.withResolvers<string>();
    const closed = new Promise((resolve) => socket.onclose = resolve);
    socket.onopen = () => socket.send("hello");
    socket.onmessage = ({ data }) => echo.resolve(data);
    socket.onerror = () => echo.reject(new Error(`${name} did not open`));
    assert.equal(await echo.promise, `${name} hello`);
    socket.close();
    await closed;
  }
  const plain = await fetch(`http://127.0.0.1:${port}/bare`);
  assert.deepEqual([plain.status, await plain.text()], [
    400,
    "Expected a WebSocket upgrade request\n",
  ]);
});
