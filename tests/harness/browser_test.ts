import assert from "node:assert/strict";
import { Browser } from "./browser.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: Browser: ${problem}`);

Deno.test({
  name: "Browser shows a page and fails the test that made it log an error",
  ignore: problem !== null,
  async fn() {
    await using browser = await Browser.start();
    await using server = Deno.serve({ port: 0, onListen: () => {} }, (request) => {
      const script = new URL(request.url).searchParams.get("script") ?? "";
      return new Response(`<title>x</title><h1>hello</h1><script>${script}</script>`, {
        headers: {
          "content-type": "text/html",
          "content-security-policy": "script-src 'unsafe-inline'; connect-src 'self'",
        },
      });
    });
    const url = (script: string) =>
      `http://127.0.0.1:${server.addr.port}/?script=${encodeURIComponent(script)}`;
    {
      await using page = await browser.page();
      await page.goto(url(""));
      assert.equal(await page.textContent("h1"), "hello");
    }
    for (
      const [script, error] of [
        ["console.error('bad')", /console: bad/],
        ["throw new Error('worse')", /thrown: Error: worse/],
        ["fetch('http://127.0.0.1:1/').catch(() => {})", /Content Security Policy/],
      ] as const
    ) {
      const page = await browser.page();
      await page.goto(url(script));
      await assert.rejects(page[Symbol.asyncDispose](), { message: error });
    }
  },
});
