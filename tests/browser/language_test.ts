import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Browser } from "@/tests/harness/browser.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: languages in a browser: ${problem}`);

const MOVES =
  "script, noscript, [data-link], .num, time, .plot, .cell-cpu, .cell-uptime, .cell-addresses";

/** What stands on the page, without what moves (numbers, times since) and what a script draws. */
const said = (page: Page) =>
  page.locator("body").evaluate((body, moves) => {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    for (let node; (node = walker.nextNode());) {
      const within = node.parentElement!;
      if (within.closest(moves)) continue;
      const text = node.textContent!.replace(/[\d.,–]+|\b(min|h|s)\b/g, "").trim();
      if (text !== "") texts.push(text);
    }
    // Where texts meet is no difference: HTML has them as one, a script as two.
    return texts.join(" ").replaceAll(" …", "…").split(" ");
  }, MOVES);

Deno.test({
  name: "a German page stays German when its islands come to life, and they speak German",
  ignore: problem !== null,
  async fn(t) {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start({ locale: "de-DE" });
    await using page = await browser.page();

    await t.step("sign-in", async () => {
      await page.goto(`${server.url}/login`);
      assert.equal(await page.getByRole("heading").innerText(), "Anmelden");
      await signIn(page, server);
    });

    for (const path of ["/", "/vms/test", "/activity"]) {
      await t.step(`${path} says the same before and after`, async () => {
        await using before = await browser.page();
        // The page as the server drew it: its scripts never come.
        await before.route(
          "**/*.js",
          (route) => route.fulfill({ contentType: "text/javascript", body: "" }),
        );
        await before.goto(server.url + path);
        const drawn = await said(before);
        await page.goto(server.url + path);
        await page.locator('[data-link="live"]').waitFor();
        assert.deepEqual(await said(page), drawn);
        assert.ok(drawn.length > 20, `only this is there: ${drawn}`);
      });
    }

    await t.step("scripts have this language only", async () => {
      await page.goto(server.url);
      await page.locator('[data-link="live"]').waitFor();
      const loaded = await page.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => name)
      );
      const scripts = (await Promise.all(
        loaded.filter((url) => url.endsWith(".js")).map(async (url) => (await fetch(url)).text()),
      )).join("\n");
      for (const [german, english] of [["Angehalten", "Paused"], ["Laufzeit", "Uptime"]]) {
        assert.ok(scripts.includes(german!), german);
        assert.ok(!scripts.includes(english!), english);
      }
    });

    await t.step("what islands draw is German", async () => {
      await page.goto(server.url);
      await page.locator('[data-link="live"]').waitFor();
      await page.locator("[data-vm] input[type=checkbox]").check();
      await page.getByText("1 ausgewählt").waitFor();
      await page.getByRole("button", { name: "Anhalten…" }).click();
      const question = page.getByRole("dialog");
      await question.getByRole("heading", { name: "1 VM: Anhalten?" }).waitFor();
      await question.getByRole("button", { name: "Anhalten" }).click();
      await page.locator('[data-vm] [data-status="paused"]', { hasText: "Angehalten" }).waitFor();
    });

    await t.step("the menu switches to English and back, and the page follows", async () => {
      await page.goto(server.url);
      await page.getByRole("button", { name: "Menü" }).click();
      // No check(), which would look for the tick in the page that comes.
      await page.getByRole("radio", { name: "English" }).click();
      await page.locator('html[lang="en"]').waitFor();
      await page.locator('[data-link="live"]').waitFor();
      await page.getByRole("button", { name: "menu" }).click();
      assert.ok(await page.getByRole("radio", { name: "English" }).isChecked());
      await page.getByRole("radio", { name: "As the browser" }).click();
      await page.locator('html[lang="de"]').waitFor();
      await page.getByRole("button", { name: "Menü" }).waitFor();
    });
  },
});

Deno.test({
  name: "who signs in without JavaScript chooses a language by a button",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start({ javaScript: false });
    await using page = await browser.page();
    await page.goto(`${server.url}/vms/test`);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("heading", { name: "Anmelden" }).waitFor();
    assert.equal(await page.getByRole("button", { pressed: true }).innerText(), "Deutsch");
    await page.locator("[name=username]").fill("nobody");
    await page.locator("[name=password]").fill("not this one");
    await page.locator("main .button-main").click();
    await page.getByText("Name oder Passwort stimmt nicht.").waitFor();
    browser.errors.length = 0;
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(page, server, "/vms/test");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
  },
});
