import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { focusShown } from "@/tests/harness/hands.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { define, virsh } from "@/tests/harness/virsh.ts";
import { counts, hasFocus } from "@/tests/harness/page.ts";
import { domainXML } from "@/tests/services/test_host.ts";

const problem = Browser.problem ?? await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: the table of VMs in a browser: ${problem}`);

const NAMES = ["db", "mail", "web1", "web2", "web10"];

/**
 * A server on libvirt's test driver within a libvirtd, where all connections share the same VMs; they
 * are gone with the last of these connections.
 */
async function serve(libvirtd: PrivateLibvirtd, names = NAMES): Promise<Server> {
  const uri = uriOf(libvirtd);
  const server = await Server.start({ connect: uri });
  await virsh(uri, "destroy", "test");
  await virsh(uri, "undefine", "test");
  for (const name of names) {
    await define(uri, domainXML(name, name === "db" ? "<title>Old</title>" : ""));
    await virsh(uri, "start", name);
  }
  return server;
}

const uriOf = ({ uri }: PrivateLibvirtd) =>
  uri.replace("qemu+unix:///system", "test+unix:///default");

const shown = (page: Page) =>
  page.locator("[data-vm]").evaluateAll((rows) =>
    rows.map((row) => (row as HTMLElement).dataset.vm)
  );

/** Waits until these rows are shown, in this order. */
async function shows(page: Page, names: string[]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const rows = [...document.querySelectorAll<HTMLElement>("[data-vm]")];
    return rows.map(({ dataset }) => dataset.vm).join() === wanted;
  }, names.join());
}

Deno.test({
  name: "the table of VMs by mouse and by keyboard",
  ignore: problem !== null,
  async fn(t) {
    await using libvirtd = await PrivateLibvirtd.start();
    await using server = await serve(libvirtd);
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    await page.locator('[data-link="live"]').waitFor();

    await t.step("it filters as one types, and keeps that in the address", async () => {
      await page.keyboard.press("/");
      await page.waitForFunction(() => document.activeElement?.matches("input[type=search]"));
      await page.keyboard.type("web");
      await shows(page, ["web1", "web2", "web10"]);
      await page.getByText("3 of 5 VMs").waitFor();
      assert.equal(new URL(page.url()).search, "?q=web");
      await page.reload();
      assert.deepEqual(await shown(page), ["web1", "web2", "web10"]);
      await page.locator('[data-link="live"]').waitFor();
      await page.getByRole("searchbox").fill("old");
      await shows(page, ["db"]);
      await page.getByRole("searchbox").fill("");
    });

    await t.step("what one types and ticks before the script comes is kept", async () => {
      const late = Promise.withResolvers<void>();
      const script = /HostView/;
      await page.route(script, async (route) => {
        await late.promise;
        await route.continue();
      });
      await page.reload({ waitUntil: "commit" });
      await page.locator('[data-vm="web2"] .pick').click();
      await page.getByRole("searchbox").pressSequentially("web");
      assert.deepEqual(await shown(page), NAMES);
      late.resolve();
      await shows(page, ["web1", "web2", "web10"]);
      assert.equal(await page.getByRole("searchbox").inputValue(), "web");
      await page.getByText("1 selected").waitFor();
      await page.unroute(script);
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByRole("searchbox").fill("");
    });

    await t.step(
      "a row out of sight shows its state, and its numbers when it is seen",
      async () => {
        await page.setViewportSize({ width: 1280, height: 150 });
        await page.reload();
        await page.locator('[data-link="live"]').waitFor();
        const last = page.locator('[data-vm="web10"]');
        const uptime = () => last.locator(".cell-uptime").textContent();
        const seen = page.locator('[data-vm="db"] .cell-uptime');
        await seen.scrollIntoViewIfNeeded();
        const changes = async () =>
          await page.waitForFunction(
            ([element, first]) => element?.textContent !== first,
            [await seen.elementHandle(), await seen.textContent()] as const,
          );
        // What is told of its VM, such as an address, draws it once more; the seconds do not.
        let same = 0;
        for (let second = 0; second < 8 && same < 2; second++) {
          const drawn = await uptime();
          await changes();
          same = await uptime() === drawn ? same + 1 : 0;
        }
        assert.equal(same, 2);
        for (const [action, status] of [["suspend", "paused"], ["resume", "running"]] as const) {
          await virsh(uriOf(libvirtd), action, "web10");
          await last.locator(`[data-status="${status}"]`).waitFor({ state: "attached" });
        }
        await last.scrollIntoViewIfNeeded();
        const shownAt = await uptime();
        await page.waitForFunction(
          ([element, first]) => element?.textContent !== first,
          [await last.locator(".cell-uptime").elementHandle(), shownAt] as const,
        );
        await page.setViewportSize({ width: 1280, height: 800 });
      },
    );

    await t.step("a screen reader says what a VM does", async () => {
      const place = await page.locator("#changes[role=status]").elementHandle();
      for (const [action, words] of [["suspend", "Suspended"], ["resume", "Resumed"]] as const) {
        await virsh(uriOf(libvirtd), action, "web1");
        await page.waitForFunction(
          ([element, said]) => element?.isConnected && element.textContent?.includes(said),
          [place, `web1: ${words}`] as const,
        );
      }
    });

    await t.step("a press on a head sorts, a second one turns it round", async () => {
      const head = page.getByRole("columnheader", { name: "Name" });
      await head.getByRole("link").click();
      await shows(page, NAMES.toReversed());
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      await head.getByRole("link").click();
      await shows(page, NAMES);
    });

    await t.step("several VMs take one action with one confirmation that names them", async () => {
      for (const name of ["web1", "web2"]) {
        await page.locator(`[data-vm="${name}"] .pick`).click();
      }
      await page.getByText("2 selected").waitFor();
      await page.getByRole("button", { name: "Suspend…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("heading", { name: "Suspend 2 VMs?" }).waitFor();
      assert.deepEqual(await asked(dialog, 2), ["web1", "web2"]);
      await dialog.getByRole("button", { name: "Suspend" }).click();
      await dialog.locator('[data-outcome="done"]').nth(1).waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      for (const name of ["web1", "web2"]) {
        await page.locator(`[data-vm="${name}"] [data-status="paused"]`).waitFor();
      }
      await counts(page.locator("[data-vm] input:checked"), 0);
    });

    await t.step("the bar follows the states of what is selected", async () => {
      const bar = page.getByRole("group", { name: "With the selected VMs" });
      await page.locator('[data-vm="web10"] .pick').click();
      await bar.getByRole("button", { name: "Shut down…" }).waitFor();
      await virsh(uriOf(libvirtd), "destroy", "web10");
      await bar.getByRole("button", { name: "Start…" }).waitFor();
      await counts(bar.getByRole("button", { name: "Shut down…" }), 0);
      await virsh(uriOf(libvirtd), "start", "web10");
      await bar.getByRole("button", { name: "Shut down…" }).waitFor();
      await page.getByRole("button", { name: "Clear" }).click();
    });

    await t.step(
      "what several VMs do goes on when the question is closed, and failures are told",
      async () => {
        // The test driver's guests never tell that they rebooted.
        for (const name of ["db", "mail"]) await page.locator(`[data-vm="${name}"] .pick`).click();
        await page.getByRole("button", { name: "Restart…" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("button", { name: "Restart" }).click();
        await dialog.getByText('Waiting for the guest of VM "mail".').waitFor();
        await virsh(uriOf(libvirtd), "destroy", "db");
        await dialog.locator('[data-outcome="failed"]').getByText("it stopped instead").waitFor();
        await dialog.getByText("It goes on when this is closed").waitFor();
        await dialog.getByRole("button", { name: "Close" }).click();
        await dialog.waitFor({ state: "detached" });
        await virsh(uriOf(libvirtd), "destroy", "mail");
        await page.locator(".toast-bad").getByText("Restart mail: failed").waitFor();
        // What the dialog told is told once.
        await counts(page.locator(".toast"), 1);
        for (const name of ["db", "mail"]) await virsh(uriOf(libvirtd), "start", name);
        await page.locator(".toast-close").click();
      },
    );

    await t.step("what cannot be done to a selected VM is left out, and said so", async () => {
      await page.getByLabel("Select all that are shown").check({ force: true });
      await page.getByRole("button", { name: "Resume…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("heading", { name: "Resume 2 VMs?" }).waitFor();
      await counts(dialog.getByText("left out: running"), 3);
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByText("5 selected").waitFor({ state: "detached" });
    });

    await t.step("grouped by state, a VM moves to its group and keeps the focus", async () => {
      await page.getByRole("link", { name: "Group by state" }).click();
      await shows(page, ["web1", "web2", "db", "mail", "web10"]);
      await page.getByRole("link", { name: "mail" }).focus();
      const response = await server.fetch("/api/v1/vms/mail/commands", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"action":"suspend"}',
      });
      await response.body?.cancel();
      await shows(page, ["mail", "web1", "web2", "db", "web10"]);
      await hasFocus(page.getByRole("link", { name: "mail" }));
      await page.getByRole("link", { name: "One list" }).click();
    });

    await t.step("j and k go through the rows, g and a letter to another page", async () => {
      await page.locator("body").click({ position: { x: 2, y: 300 } });
      for (const [key, name] of [["j", "db"], ["j", "mail"], ["k", "db"]] as const) {
        await page.keyboard.press(key);
        await page.waitForFunction((name) => document.activeElement?.textContent === name, name);
      }
      await page.setViewportSize({ width: 1280, height: 220 });
      await page.locator('[data-vm="web2"] .pick').click();
      await page.getByText("1 selected").waitFor();
      await page.getByRole("link", { name: "db" }).focus();
      for (const [key, names] of [["j", NAMES], ["k", NAMES.toReversed()]] as const) {
        for (const name of names.slice(1)) {
          await page.keyboard.press(key);
          await page.waitForFunction((name) => document.activeElement?.textContent === name, name);
          await page.evaluate(focusShown);
        }
      }
      await page.locator('[data-vm="web2"] .pick').click();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.keyboard.press("?");
      await page.getByRole("heading", { name: "Keys" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("heading", { name: "Keys" }).waitFor({ state: "detached" });
      await page.keyboard.press("g");
      await page.keyboard.press("a");
      await page.waitForURL(`${server.url}/activity`);
      await page.locator('[data-kind="command"][data-tone="good"]').first().waitFor();
    });

    await t.step("the palette finds a VM and does something to it", async () => {
      await page.locator('[data-link="live"]').waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("resume mail");
      await page.getByRole("option", { name: "Resume mail" }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".toast-good").getByText("Resume mail").waitFor();
      await page.locator('[data-kind="command"]').first().getByText("Resume", { exact: true })
        .waitFor();

      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("web10");
      await page.getByRole("option", { name: /^web10/ }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(`${server.url}/vms/web10`);
    });

    await t.step("who wants it has no key alone do anything", async () => {
      await page.locator('[data-link="live"]').waitFor();
      const choose = async (name: string) => {
        await page.getByRole("button", { name: "menu" }).click();
        const kept = page.waitForResponse(/\/look/);
        await page.getByRole("group", { name: "Single-key shortcuts" }).getByLabel(name).check();
        await kept;
        await page.keyboard.press("Escape");
      };
      await choose("Off");
      for (const reload of [false, true]) {
        if (reload) await page.reload();
        await page.locator('[data-link="live"]').waitFor();
        for (const key of ["?", "/", "j", "g"]) await page.keyboard.press(key);
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox").waitFor();
        await counts(page.getByRole("heading", { name: "Keys" }), 0);
        await page.keyboard.press("Escape");
        await page.getByRole("combobox").waitFor({ state: "detached" });
      }
      await choose("On");
      await page.keyboard.press("?");
      await page.getByRole("heading", { name: "Keys" }).waitFor();
      await page.keyboard.press("Escape");
    });

    await t.step("colours and density are kept for this browser", async () => {
      await page.getByRole("button", { name: "menu" }).click();
      const kept = page.waitForResponse(/\/look/);
      await page.getByLabel("Dark").check();
      await kept;
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
      assert.equal(await theme(), "dark");
      await page.reload();
      assert.equal(await theme(), "dark");
    });

    await t.step("what goes wrong elsewhere is told", async () => {
      await page.goto(server.url);
      await page.locator('[data-link="live"]').waitFor();
      // A screen reader says what comes into a place that was there before.
      const place = await page.locator(".toasts [aria-live]").elementHandle();
      const token = await server.user("olga", "operator");
      const response = await server.fetch("/api/v1/vms/web1/commands", {
        token,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"action":"start"}',
      });
      await response.body?.cancel();
      await page.locator(".toast-bad").getByText("Start web1: failed").waitFor();
      assert.match(await page.locator(".toast-bad").innerText(), /olga/);
      assert.match(await place!.innerText(), /Start web1: failed/);
      assert.equal(await place!.evaluate((element) => element.isConnected), true);
      await page.getByRole("link", { name: "Notices" }).click();
      await page.getByRole("dialog").getByText("Start web1: failed").waitFor();
      await page.keyboard.press("Escape");
    });

    const restart = async (name: string) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill(`restart ${name}`);
      await page.getByRole("option", { name: `Restart ${name}` }).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".toast-pending").getByText("Waiting for the guest").waitFor();
    };

    await t.step("the palette tells of a command from its beginning to its end, once", async () => {
      await restart("db");
      await virsh(uriOf(libvirtd), "destroy", "db");
      await page.locator(".toast-bad").getByText("it stopped instead of restarting").waitFor();
      await counts(page.locator(".toast"), 1);
      await counts(page.locator(".toast-pending"), 0);
    });

    await t.step("one's own command that fails is told on the page after it", async () => {
      await restart("mail");
      await page.goto(`${server.url}/activity`);
      await page.locator('[data-link="live"]').waitFor();
      await counts(page.locator(".toast"), 0);
      await virsh(uriOf(libvirtd), "destroy", "mail");
      await page.locator(".toast-bad").getByText("Restart mail: failed").waitFor();
    });

    await t.step("who signs in next reads nothing of it", async () => {
      await page.getByRole("button", { name: "menu" }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.locator("[name=username]").waitFor();
      browser.signedOut();
      await server.user("nora", "viewer");
      await signIn(page, server, "/", "nora");
      await page.locator('[data-link="live"]').waitFor();
      await page.getByRole("link", { name: "Notices" }).click();
      await page.getByRole("dialog").getByText("Nothing has gone wrong").waitFor();
      assert.equal(await page.evaluate(() => sessionStorage.getItem("virtglass-notices")), null);
    });
  },
});

Deno.test({
  name: "70 VMs take one action, which goes on when the page is left",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    await using server = await serve(libvirtd, Array.from({ length: 70 }, (_, n) => `vm${n + 1}`));
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    await page.locator('[data-link="live"]').waitFor();
    const give = async (label: string) => {
      await page.getByLabel("Select all that are shown").check({ force: true });
      await page.getByRole("button", { name: `${label}…` }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("heading", { name: `${label} 70 VMs?` }).waitFor();
      const answer = page.waitForResponse(/\/api\/v1\/commands/);
      await dialog.getByRole("button", { name: label }).click();
      assert.equal((await answer).status(), 202);
      return dialog;
    };
    const dialog = await give("Suspend");
    await counts(dialog.locator('[data-outcome="done"]'), 70);
    await dialog.getByRole("button", { name: "Close" }).click();
    await counts(page.locator('[data-status="paused"]'), 70);
    await give("Resume");
    await page.goto(`${server.url}/activity?show=command`);
    await counts(page.locator('[data-kind="command"][data-tone="good"]'), 140);
  },
});

Deno.test({
  name: "without JavaScript the table sorts, filters, and takes one action for several VMs",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    await using server = await serve(libvirtd);
    await using browser = await Browser.start({ javaScript: false });
    await using page = await browser.page();
    await signIn(page, server);
    await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
    assert.deepEqual(await shown(page), NAMES.toReversed());
    await page.getByRole("searchbox").fill("web");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=web/);
    assert.deepEqual(await shown(page), ["web10", "web2", "web1"]);

    for (const name of ["web1", "web2"]) {
      await page.locator(`[data-vm="${name}"] .pick`).click();
    }
    await page.getByRole("button", { name: "Suspend…" }).click();
    const dialog = page.getByRole("dialog");
    assert.deepEqual(await asked(dialog, 2), ["web1", "web2"]);
    await dialog.getByRole("button", { name: "Suspend" }).click();
    await page.waitForURL(`${server.url}/activity`);
    assert.equal(await page.locator('[data-kind="command"]').count(), 2);

    for (const tab of ["Hardware", "History", "Snapshots", "XML"]) {
      await page.goto(`${server.url}/vms/web1`);
      await page.getByRole("link", { name: tab }).click();
      await page.waitForURL(`${server.url}/vms/web1/${tab.toLowerCase()}`);
      await page.locator(".tabs").getByText(tab).waitFor();
    }
    assert.match(await page.locator("#xml").innerText(), /^<domain type='test'/);
  },
});

/** The VMs that the question names, once it names so many. */
async function asked(dialog: Locator, count: number): Promise<string[]> {
  const names = dialog.locator(".target-name");
  await names.nth(count - 1).waitFor();
  return await names.allTextContents();
}
