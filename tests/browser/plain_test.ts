import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: pages in a browser: ${problem}`);

Deno.test({
  name: "pages without JavaScript show real values and switch VMs",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start({ javaScript: false });
    await using page = await browser.page();
    await signIn(page, server);
    const row = page.locator('[data-vm="test"]');
    assert.equal(await row.locator("[data-status]").getAttribute("data-status"), "running");
    assert.match(await row.locator(".cell-memory").innerText(), /8\.?0?\s*GiB/);

    await row.getByRole("link", { name: "test" }).click();
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.locator('header [data-status="paused"]').waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.locator('header [data-status="running"]').waitFor();

    await page.getByRole("button", { name: "Power off" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Power off" }).click();
    await page.locator('header [data-status="stopped"]').waitFor();

    await page.getByRole("button", { name: "menu" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.goto(server.url);
    assert.equal(new URL(page.url()).pathname, "/login");
  },
});

Deno.test({
  name: "signing in loads no script, says when it was wrong, and leads to where one wanted to go",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start();
    await using page = await browser.page();
    const scripts: string[] = [];
    page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.push(request.url());
    });
    await page.goto(`${server.url}/vms/test`);
    await page.getByLabel("Name").fill(ADMIN.username);
    await page.getByLabel("Password").fill("not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    assert.deepEqual(scripts, []);
    // The browser itself logs that the answer was a 401.
    assert.match(browser.errors.splice(0).join(), /401/);

    await page.getByLabel("Password").fill(ADMIN.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${server.url}/vms/test`);
    await page.locator('[data-link="live"]').waitFor();
    assert.notDeepEqual(scripts, []);
  },
});
