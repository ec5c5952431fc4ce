import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { describe } from "./fixtures/site/islands/describe.ts";
import { values } from "./fixtures/site/values.ts";
import { builtSite, siteManifest } from "./fixtures/site.ts";
import { App, staticFiles } from "./mod.ts";

const executablePath = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
]
  .find((path) => existsSync(path));
if (!executablePath) console.log("Skipped, for there is no Chromium: the tests of hydration");

// No inline script, no inline style, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'";

/** The fixture site in a browser; complaints are errors of scripts and of the policy. */
async function withSite(
  use: (page: Page, origin: string, complaints: string[]) => Promise<void>,
): Promise<void> {
  using _built = await builtSite();
  const app = new App()
    .use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("content-security-policy", policy);
      return response;
    })
    .use(staticFiles())
    .fsRoutes(await siteManifest());
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  const browser: Browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await use(page, `http://127.0.0.1:${server.addr.port}`, complaints);
  } finally {
    await browser.close();
  }
}

Deno.test({
  name: "Islands come to life in the browser with the props of the server",
  ignore: !executablePath,
  fn: () =>
    withSite(async (page, origin, complaints) => {
      await page.goto(`${origin}/islands`);
      for (const [id, value] of [["values", values], ["inner", 1]]) {
        await page.locator(`#${id}[data-where=browser]`).waitFor();
        assert.equal(await page.locator(`#${id}`).textContent(), describe(value));
      }

      await page.locator("#more").click();
      await page.locator("#grown").waitFor();
      assert.equal(await page.locator("#count").innerText(), "41");
      assert.equal(await page.locator("tbody > tr").count(), 3);

      const panel = page.locator("#panel.late");
      await panel.waitFor();
      assert.equal(await panel.evaluate((node) => getComputedStyle(node).borderTopWidth), "3px");
      assert.equal(await panel.locator("output").innerText(), "browser");
      assert.equal(await panel.locator("fresh-slot > p").innerText(), "from the server");
      assert.match(await panel.locator("img").getAttribute("src") ?? "", /^\/icons\/dot\.svg\?v=/);
      assert.equal(await page.title(), "panel alive");
      assert.deepEqual(complaints, []);
    }),
});

Deno.test({
  name: "Islands load only their own modules, and a page without any loads no script",
  ignore: !executablePath,
  fn: () =>
    withSite(async (page, origin, complaints) => {
      let scripts: string[] = [];
      page.on("request", (request) => {
        if (request.resourceType() !== "script") return;
        scripts.push(/(\w+)-[\w-]+\.js$/.exec(request.url())?.[1] ?? request.url());
      });
      await page.goto(`${origin}/counter`, { waitUntil: "networkidle" });
      assert.deepEqual(new Set(scripts), new Set(["main", "basics", "Counter"]));

      scripts = [];
      await page.goto(origin, { waitUntil: "networkidle" });
      assert.deepEqual(scripts, []);
      assert.equal(
        await page.locator("body").evaluate((body) => getComputedStyle(body).color),
        "rgb(1, 2, 3)",
      );
      assert.deepEqual(complaints, []);
    }),
});
