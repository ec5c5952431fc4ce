import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Recording } from "@/protocol/mod.ts";
import { demandAccessibleInAll } from "@/tests/harness/accessible.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { domainXML, hostFile } from "@/tests/services/test_host.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: a replay in a browser: ${problem}`);

const CONSOLE = "<devices><console type='pty'/></devices>";

/** What a guest said within two minutes, most of which it was silent; it also asks the terminal. */
const EVENTS: [time: number, code: string, text: string][] = [
  [0, "o", "booting\r\n"],
  [1, "o", "\x1b[c\x1b[6n\x1b]52;c;c3RvbGVu\x07login: "],
  [1.2, "i", "root\r"],
  [100, "o", "\x1b[32mwelcome\x1b[0m € \r\n"],
  [110, "m", "The guest stopped."],
  [120.06, "o", "the last line"],
];

Deno.test({
  name: "recordings in a browser",
  ignore: problem !== null,
  async fn(t) {
    using folder = temporaryFolder();
    const connect = hostFile(folder.path, domainXML("web1", CONSOLE), domainXML("web2", CONSOLE));
    await using server = await Server.start({ connect });
    const id = await recorded(server, "web1");
    const header = { version: 2, width: 80, height: 24, timestamp: 1_700_000_000, title: "web1" };
    const lines = [header, ...EVENTS].map((line) => `${JSON.stringify(line)}\n`);
    await Deno.writeTextFile(`${server.dataDir}/recordings/${id}.cast`, lines.join(""));
    await using browser = await Browser.start();
    await using page = await browser.page();
    const player = page.locator("[data-replay]");
    const screen = page.locator(".replay .xterm-rows");

    await t.step("the bar leads to the list, the list to the recording", async () => {
      await signIn(page, server);
      await page.getByRole("link", { name: "Recordings" }).click();
      const row = page.locator(`[data-recording="${id}"]`);
      assert.match(await row.innerText(), /web1[^]*admin[^]*Stopped by admin\./);
      await row.getByRole("link", { name: /web1/ }).click();
      await page.waitForURL(`${server.url}/recordings/${id}`);
      await state(page, "paused");
      await demandAccessibleInAll(page);
    });

    await t.step("it plays, with long pauses shortened, to its end", async () => {
      assert.equal(await page.locator(".replay-time").innerText(), "0:00 / 0:07");
      await page.getByLabel("Speed").selectOption("8");
      await page.getByRole("button", { name: "Play" }).click();
      await screen.getByText("the last line").waitFor();
      await state(page, "paused");
      const text = await shown(page);
      assert.match(
        text,
        /booting\s+login:\s*welcome €\s+── The guest stopped\. ──\s+the last line/,
      );
      assert.doesNotMatch(text, /root/);
    });

    await t.step("the keyboard goes back and on, plays and pauses", async () => {
      await player.focus();
      await page.keyboard.press("Home");
      await eventually(async () => (await shown(page)).trim() === "booting", {
        for: "the screen of the beginning",
      });
      await page.keyboard.press("End");
      await screen.getByText("the last line").waitFor();
      const position = page.getByLabel("Position");
      assert.equal(await position.inputValue(), await position.getAttribute("max"));
      await page.keyboard.press("Home");
      await page.keyboard.press("<");
      await page.keyboard.press("<");
      await page.keyboard.press("<");
      await page.keyboard.press("Space");
      await state(page, "playing");
      await page.keyboard.press("k");
      await state(page, "paused");
      assert.equal(await page.getByLabel("Speed").inputValue(), "1");
    });

    await t.step("without shortening it is as long as it was", async () => {
      await page.getByLabel("Shorten pauses").uncheck();
      await page.locator(".replay-time").getByText(/\/ 2:00$/).waitFor();
      await page.getByLabel("Position").fill("105");
      await screen.getByText("welcome").waitFor();
      assert.doesNotMatch(await shown(page), /the last line/);
    });

    await t.step("an admin deletes it, after a question", async () => {
      await page.getByRole("link", { name: "Delete" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.waitForURL(`${server.url}/recordings`);
      await page.getByText("No recordings").waitFor();
    });

    await t.step("one that still runs says so, and can be stopped", async () => {
      const response = await server.fetch("/api/v1/vms/web2/recordings", { method: "POST" });
      const running = Recording.parse(await response.json());
      await page.goto(`${server.url}/recordings/${running.id}`);
      await page.getByText("Recording now").waitFor();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByText("Stopped by admin.").waitFor();
    });
  },
});

/** A recording of that VM that has ended; returns its id. */
async function recorded(server: Server, vm: string): Promise<string> {
  const started = await server.fetch(`/api/v1/vms/${vm}/recordings`, { method: "POST" });
  const { id } = Recording.parse(await started.json());
  const stopped = await server.fetch(`/api/v1/recordings/${id}/stop`, { method: "POST" });
  assert.equal(Recording.parse(await stopped.json()).id, id);
  return id;
}

async function state(page: Page, state: string): Promise<void> {
  await page.locator(`[data-replay="${state}"]`).waitFor();
}

/** What the terminal shows, a line a row. */
async function shown(page: Page): Promise<string> {
  const rows = await page.locator(".replay .xterm-rows > div").allInnerTexts();
  return rows.map((row) => row.replaceAll("\u00a0", " ").trimEnd()).join("\n");
}
