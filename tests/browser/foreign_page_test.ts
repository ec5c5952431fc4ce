/** What a page of somebody else can do with a browser that is signed in here. */
import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: a page of somebody else: ${problem}`);

/**
 * On another port of the same address, which is the same site to a browser: it sends the cookie along,
 * though that is SameSite=Strict.
 */
const ATTACK = (target: string) =>
  `<!doctype html><title>running</title>
<iframe name="result"></iframe>
<form id="form" target="result" method="post" action="${target}/vms/test">
  <input name="action" value="suspend">
</form>
<iframe name="sandboxed" sandbox="allow-scripts allow-forms" srcdoc="
  <form method=post action=${target}/vms/test><input name=action value=suspend></form>
  <script>document.forms[0].submit()</script>"></iframe>
<script>
  const socket = (path) => new Promise((resolve) => {
    const socket = new WebSocket("${target.replace("http", "ws")}" + path);
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("refused");
  });
  const body = JSON.stringify({ action: "suspend" });
  const post = (init) => fetch("${target}/api/v1/vms/test/commands", {
    method: "POST", credentials: "include", body, ...init,
  }).then((response) => response.type, () => "refused");
  const read = (path) => fetch("${target}" + path, { credentials: "include" })
    .then((response) => response.text(), () => "refused");
  const framed = new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.src = "${target}/";
    frame.onload = () => resolve(frame.contentDocument === null ? "refused" : "readable");
    document.body.append(frame);
  });
  (async () => {
    document.forms.form.submit();
    window.results = {
      events: await socket("/ws/events"),
      vm: await socket("/ws/vms/test"),
      console: await socket("/ws/vms/test/console"),
      page: await read("/"),
      api: await read("/api/v1/vms"),
      json: await post({ headers: { "content-type": "application/json" } }),
      plain: await post({ mode: "no-cors" }),
      framed: await framed,
    };
    document.title = "done";
  })();
</script>`;

Deno.test({
  name: "a foreign page opens no socket, changes nothing and reads nothing",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start();
    const page = await browser.page();
    await signIn(page, server);

    const cookies: (string | null)[] = [];
    const attack = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      cookies.push(request.headers.get("cookie"));
      return new Response(ATTACK(server.url), { headers: { "content-type": "text/html" } });
    });
    try {
      await page.goto(`http://127.0.0.1:${attack.addr.port}/`);
      await page.waitForFunction(() => document.title === "done");
      const results = await page.evaluate(() =>
        (globalThis as unknown as { results: unknown }).results
      );
      assert.deepEqual(results, {
        ...{ events: "refused", vm: "refused", console: "refused" },
        ...{ page: "refused", api: "refused" },
        ...{ json: "refused", plain: "refused" },
        framed: "refused",
      });
      // The browser does send it here: what refuses is the origin, and not a cookie that is missing.
      assert.match(cookies[0] ?? "", /virtglass=/);
      await page.waitForLoadState("networkidle");
      const { status } = await server.json("/api/v1/vms/test") as { status: string };
      assert.equal(status, "running");
      const { length } = await server.json("/api/v1/commands") as unknown[];
      assert.equal(length, 0);
    } finally {
      await page.close();
      await attack.shutdown();
    }
    // Each refusal is one in the browser's own log.
    assert.ok(
      browser.errors.some((error) => /frame-ancestors|Refused to (frame|display)/.test(error)),
    );
  },
});
