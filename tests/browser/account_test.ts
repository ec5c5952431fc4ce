import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Authenticator } from "@/tests/harness/authenticator.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { counts } from "@/tests/harness/page.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: the account's page: ${problem}`);

const NEW_PASSWORD = "battery staple 42";

Deno.test({
  name: "the account's page does all it offers, without JavaScript",
  ignore: problem !== null,
  async fn(t) {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start({ javaScript: false });
    await using page = await browser.page();
    const press = (name: string | RegExp) => page.getByRole("button", { name }).first().click();
    const code = () => page.getByLabel("Code", { exact: true });
    const refused = async (words: string) => {
      await page.getByRole("alert").getByText(words).waitFor();
      // The browser itself logs that the answer was no 200.
      assert.match(browser.errors.splice(0).join(), /^console: Failed .* status of 4\d\d [^]*$/);
    };
    /** Of the page that comes: a click waits for no answer. */
    const shownCodes = async () => {
      const all = page.locator(".codes code");
      await all.nth(9).waitFor();
      return await all.allInnerTexts();
    };
    const list = (kind: "session" | "token") => page.locator(`[data-${kind}]`);
    await signIn(page, server);
    await openMenu(page);
    await page.getByRole("link", { name: "Your account" }).click();

    let app!: Authenticator;
    let codes: string[] = [];
    await t.step("the second factor is set up with the password and a code", async () => {
      await page.getByRole("link", { name: "Set up" }).click();
      await page.getByLabel("Your password").fill("wrong password");
      await press("Set up");
      await refused("Your password is not right.");
      await page.getByLabel("Your password").fill(ADMIN.password);
      await press("Set up");
      await page.getByRole("img", { name: /QR code/ }).waitFor();
      app = new Authenticator(await page.locator("#secret").innerText());
      await code().fill("000000");
      await press("Turn on");
      await refused("That is not the code");
      await code().fill(await app.code());
      await press("Turn on");
      codes = await shownCodes();
      assert.equal(codes.length, 10);
      await page.getByRole("link", { name: "I have kept them" }).click();
      await page.getByText("10 recovery codes are left").waitFor();
    });

    await t.step("signing in then asks for a code as well", async () => {
      await signOut(page);
      await askedForCode(page, server.url);
      await code().fill("123456");
      await press("Sign in");
      await refused("That code is not right");
      await code().fill(await app.code());
      await press("Sign in");
      await page.waitForURL(`${server.url}/account`);
    });

    await t.step("a recovery code is good once", async () => {
      await signOut(page);
      await askedForCode(page, server.url);
      await code().fill(codes[0]!.toUpperCase().replaceAll("-", " "));
      await press("Sign in");
      await page.getByText("9 recovery codes are left").waitFor();
      await signOut(page);
      await askedForCode(page, server.url);
      await code().fill(codes[0]!);
      await press("Sign in");
      await refused("was used already");
      await code().fill(codes[1]!);
      await press("Sign in");
      await page.waitForURL(`${server.url}/account`);
    });

    await t.step(
      "new recovery codes replace the old ones; turned off, no code is asked for",
      async () => {
        await page.getByRole("link", { name: "Change", exact: true }).click();
        await page.getByLabel("Your password").fill(ADMIN.password);
        await press("New recovery codes");
        const fresh = await shownCodes();
        assert.equal(new Set([...fresh, ...codes]).size, 20);
        await page.goto(`${server.url}/account/second-factor`);
        await page.getByLabel("Your password").fill(ADMIN.password);
        await press("Turn off");
        await page.getByText("The second factor is off.").waitFor();
        await server.login(ADMIN.username, ADMIN.password);
      },
    );

    await t.step("an API token is shown once, works, and is revoked", async () => {
      await page.getByRole("link", { name: "New token" }).click();
      await page.getByLabel("Name").fill("backup");
      await page.getByLabel("Role").selectOption("viewer");
      await page.getByLabel("Your password").fill(ADMIN.password);
      await press("Make the token");
      const token = await page.locator("#token").innerText();
      assert.match(token, /^vgt_/);
      await page.getByRole("link", { name: "I have copied it" }).click();
      await counts(list("token"), 1);
      assert.ok(!(await page.content()).includes(token));
      const me = await (await server.fetch("/api/v1/auth/me", { token })).json();
      assert.deepEqual(me, { name: "admin", role: "viewer" });

      await list("token").getByRole("link").click();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      assert.equal((await server.fetch("/api/v1/auth/me", { token })).status, 200);
      await page.goto(`${server.url}/account`);
      await list("token").getByRole("link").click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
      await page.getByText("The API token is revoked.").waitFor();
      await counts(list("token"), 0);
      assert.equal((await server.fetch("/api/v1/auth/me", { token })).status, 401);
    });

    await t.step(
      "sessions are listed with their devices, and end singly and all together",
      async () => {
        const before = await list("session").count();
        const { token } = await server.login(ADMIN.username, ADMIN.password);
        await page.goto(`${server.url}/account`);
        await counts(list("session"), before + 1);
        await page.getByText(/^Chrome on Linux/).first().waitFor();
        const newest = list("session").filter({ hasText: "API" }).first();
        await newest.getByRole("button").click();
        await page.getByText("The session has ended.").waitFor();
        assert.equal((await server.fetch("/api/v1/vms", { token })).status, 401);

        await page.getByRole("link", { name: "End all others" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "End them" }).click();
        await page.getByText("All your other sessions have ended.").waitFor();
        await counts(list("session"), 1);
        assert.equal((await server.fetch("/api/v1/vms")).status, 401);
      },
    );

    await t.step(
      "the password is changed, which ends other sessions and not this one",
      async () => {
        const { token } = await server.login(ADMIN.username, ADMIN.password);
        await page.getByRole("link", { name: "Change password" }).click();
        const change = async (present: string, wanted: string, again: string) => {
          await page.getByLabel("Present password").fill(present);
          await page.getByLabel("New password", { exact: true }).fill(wanted);
          await page.getByLabel("New password again").fill(again);
          await press("Change password");
        };
        await change(ADMIN.password, NEW_PASSWORD, "something else");
        await refused("The two new passwords differ.");
        await change("not the present one", NEW_PASSWORD, NEW_PASSWORD);
        await refused("Your password is not right.");
        await change(ADMIN.password, NEW_PASSWORD, NEW_PASSWORD);
        await page.getByText("Your password is changed").waitFor();
        await counts(list("session"), 1);
        assert.equal((await server.fetch("/api/v1/vms", { token })).status, 401);
        await assert.rejects(server.login(ADMIN.username, ADMIN.password), /401/);
        await server.login(ADMIN.username, NEW_PASSWORD);
      },
    );
  },
});

async function openMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: "menu" }).click();
}

async function signOut(page: Page): Promise<void> {
  await openMenu(page);
  await page.getByRole("button", { name: "Sign out" }).click();
}

async function askedForCode(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/account`);
  await page.getByLabel("Name").fill(ADMIN.username);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
