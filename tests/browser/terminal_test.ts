import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { LossyLine } from "@/tests/harness/lossy_line.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { virshConsole } from "@/tests/harness/virsh_console.ts";
import { hasFocus } from "@/tests/harness/page.ts";
import { HOSTILE } from "@/tests/terminal/hostile_sequences.ts";

const problem = Browser.problem ?? await hypervisorProblem();
if (problem) console.log(`skipped: a terminal in real browsers: ${problem}`);

Deno.test({
  name: "a terminal in real browsers",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-brw-terminal";
    const path = `/vms/${name}`;
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using line = new LossyLine(server.url);
    await server.user("reader", "viewer");
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, line, path);
    await opened(page);

    await t.step("shows what the guest answers", async () => {
      await page.locator(".console-box").click();
      await page.keyboard.type("echo $((6*7))\n");
      await shown(page, "42");
    });

    await t.step("answers nothing that a guest could abuse", async () => {
      const hostile = btoa(Object.values(HOSTILE).join(""));
      await run(page, answerTo(`echo ${hostile} | base64 -d`));
      await shown(page, "answered with 0 bytes");
    });

    await t.step("tells its cursor to a guest that asks", async () => {
      await run(page, answerTo("printf '\\033[6n'"));
      await shown(page, /^answered with [6-8] bytes\s*$/);
    });

    await t.step(
      "its tools stay where they are when the keyboard comes, however wide it is",
      async () => {
        const { width, height } = page.viewportSize()!;
        const tools = page.locator(".console-tools");
        const top = () => tools.evaluate((tools) => tools.getBoundingClientRect().top + scrollY);
        for (let wide = 1140; wide <= 1500; wide += 20) {
          await page.setViewportSize({ width: wide, height });
          await tools.locator("button").first().focus();
          const before = await top();
          await page.locator(".console-box textarea").focus();
          assert.equal(await top(), before, `${wide} px`);
        }
        await page.setViewportSize({ width, height });
      },
    );

    await t.step("a title of the guest is shown without what would turn it around", async () => {
      await run(page, `printf '\\033]0;web\\342\\200\\2561\\a'`);
      await page.locator(".console-title").getByText("web1", { exact: true }).waitFor();
    });

    await t.step("a lost connection goes on where it was, and says so meanwhile", async () => {
      await run(page, "echo before the loss");
      await shown(page, "before the loss");
      const reconnecting = page.locator('[data-link-state="waiting"]').waitFor();
      line.cut();
      await reconnecting;
      await opened(page);
      await run(page, "echo after the loss");
      await shown(page, "after the loss");
      assert.equal(await rows(page, "before the loss").count(), 1);
      assert.equal(await page.getByText("attached again").count(), 0);
    });

    await t.step("a reload keeps the text", async () => {
      await page.reload();
      await shown(page, "before the loss");
      await shown(page, "after the loss");
    });

    await t.step("what runs by itself is pasted only after a question", async () => {
      await opened(page);
      await paste(page, "echo one $((1+1))\necho two \x1b[201~$((2+2))\n");
      const question = page.getByRole("dialog", { name: /Paste 2 lines, 36 bytes/ });
      await question.getByText("Control characters were hidden").waitFor();
      await question.getByRole("button", { name: "Cancel" }).click();
      await paste(page, "echo only $((3+3))");
      await page.keyboard.press("Enter");
      await shown(page, "only 6");
      assert.equal(await rows(page, ONE).count(), 0);

      await paste(page, "echo one $((1+1))\necho two $((2+2))\n");
      await page.getByRole("dialog").getByRole("button", { name: "Paste" }).click();
      await shown(page, ONE);
      await shown(page, /two 4\s*$/);
    });

    await t.step("a link is opened only after a question that shows all of it", async () => {
      await run(page, "clear; echo https://user@example.org/a?b");
      await shown(page, "https://user@example.org/a?b");
      const place = (await rows(page, "https://user@example.org/a?b").boundingBox())!;
      await page.mouse.move(place.x + 40, place.y + 8);
      await page.locator(".xterm-cursor-pointer").waitFor();
      await page.mouse.click(place.x + 40, place.y + 8);
      const question = page.getByRole("dialog", { name: "Open a page of example.org?" });
      await question.getByText("https://user@example.org/a?b", { exact: true }).waitFor();
      await question.getByRole("button", { name: "Cancel" }).click();
    });

    await t.step("the search counts, and its key works in the terminal", async () => {
      await run(page, "clear; for i in 1 2 3; do echo needle$i; done");
      await shown(page, "needle3");
      await page.keyboard.press("Control+Shift+F");
      await page.getByLabel("Search the terminal").fill("needle3");
      await page.getByText("1 of 1", { exact: true }).waitFor();
      await page.getByLabel("Search the terminal").fill("nothing like it");
      await page.getByText("Nothing found").waitFor();
      await page.keyboard.press("Escape");
      await page.getByLabel("Search the terminal").waitFor({ state: "detached" });
    });

    await t.step("all lines can be downloaded", async () => {
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download" }).click();
      const download = await coming;
      assert.match(download.suggestedFilename(), /^vg-brw-terminal console .*\.txt$/);
      assert.match(await Deno.readTextFile(await download.path()), /^needle3$/m);
    });

    await t.step("options work at once and survive a reload", async () => {
      await page.getByRole("button", { name: "Options" }).click();
      await page.getByLabel("Colours").selectOption("Paper (light)");
      await page.getByLabel("Font size").fill("20");
      await page.getByRole("button", { name: "Done" }).click();
      const looks = () =>
        page.locator(".xterm-rows").evaluate((rows) => {
          const { fontSize } = getComputedStyle(rows);
          const box = getComputedStyle(document.querySelector(".console-box")!);
          return [fontSize, box.backgroundColor];
        });
      const paper = ["20px", "rgb(251, 250, 247)"];
      assert.deepEqual(await looks(), paper);
      await page.reload();
      await opened(page);
      assert.deepEqual(await looks(), paper);
    });

    await t.step("keys of the panel and the terminal's size reach the guest", async () => {
      await run(page, "sleep 1000; echo woken");
      await page.getByRole("button", { name: "Keys" }).click();
      await page.getByRole("button", { name: "Ctrl C" }).click();
      await page.getByRole("button", { name: "Close the keys" }).click();
      await page.getByRole("button", { name: "Tell the guest" }).click();
      const question = page.getByRole("dialog", { name: "Tell the guest this terminal's size?" });
      const [, size] = /stty rows (\d+ cols \d+)/.exec(await question.innerText())!;
      await question.getByRole("button", { name: "Type it" }).click();
      await run(page, "stty size");
      await shown(page, size!.replace(" cols", ""));
    });

    await t.step(
      "keys of the VM's keyboard reach the guest, after a question where they hurt",
      async () => {
        await page.getByRole("button", { name: "Keys" }).click();
        await page.getByRole("button", { name: "SysRq H" }).click();
        await page.getByRole("status").getByText("SysRq H pressed. Tells on the console").waitFor();
        // The end of what the guest's kernel answers, wherever its lines are broken.
        await rows(page, /\(z\)/).first().waitFor();
        await page.getByRole("button", { name: "Ctrl Alt Del" }).click();
        const question = page.getByRole("dialog", { name: "Press Ctrl Alt Del on" });
        await question.getByText("The guest restarts").waitFor();
        await question.getByRole("button", { name: "Cancel" }).click();
        await question.waitFor({ state: "detached" });
        await run(page, "echo still $((6*7))");
        await shown(page, "still 42");
        await page.getByRole("button", { name: "Close the keys" }).click();
      },
    );

    await t.step("two browsers share a console, and the reader only reads", async () => {
      await using other = await Browser.start();
      await using reader = await other.page();
      await signIn(reader, server, path, "reader");
      await opened(reader);
      await page.getByText("Shared with reader (reads)").waitFor();
      await reader.getByText("Read-only", { exact: true }).waitFor();
      await reader.locator(".console-box").click();
      await reader.keyboard.type("echo typed by the reader\n");
      await run(page, "echo typed $((1+1)) by the other");
      for (const one of [page, reader]) await shown(one, "typed 2 by the other");
      assert.equal(await rows(page, /typed by the reader/).count(), 0);

      // Both terminals know where their cursor is; the guest is told once.
      await run(page, `clear; ${answerTo("printf '\\033[6n'")}`);
      await shown(page, /^answered with [6-8] bytes\s*$/);
    });

    await t.step("a window of its own has the same console and nothing else", async () => {
      const opening = page.waitForEvent("popup");
      await page.getByRole("link", { name: "A window of its own" }).click();
      const alone = await opening;
      await alone.getByRole("heading", { name, level: 1 }).waitFor();
      await opened(alone);
      await alone.getByText("Shared with you elsewhere").waitFor();
      assert.equal(await alone.locator(".bar").count(), 0);
      await run(alone, "echo alone $((4+4))");
      for (const one of [page, alone]) await shown(one, "alone 8");
      await alone.close();
    });

    await t.step(
      "a recording is started and stopped, and everybody sees that it runs",
      async () => {
        await page.getByRole("button", { name: "Record this console" }).click();
        await page.locator(".console-recording").waitFor();
        await page.getByRole("button", { name: "Stop the recording" }).click();
        await page.locator(".console-recording").waitFor({ state: "detached" });
      },
    );

    await t.step("a console that something else took is taken back after a question", async () => {
      await using thief = await virshConsole(SYSTEM, name, "--force");
      await page.getByText("Something else holds this console.").waitFor();
      await page.getByRole("button", { name: "Take over…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Take over" }).click();
      await opened(page);
      await thief.ended;
      await page.getByText("Something else holds this console.").waitFor({ state: "detached" });
    });

    await t.step("Shift Escape leaves the terminal", async () => {
      await page.locator(".console-box").click();
      await page.keyboard.press("Shift+Escape");
      await hasFocus(page.locator(".console-head"));
    });

    await t.step(
      "input that a paused guest does not read waits, and can be discarded",
      async () => {
        await virsh(SYSTEM, "suspend", name);
        await paste(page, "x".repeat(200_000));
        await page.getByText("134 kB of your input wait: the guest does not read.").waitFor();
        await page.setViewportSize({ width: 390, height: 844 });
        await page.getByRole("button", { name: "Keys" }).click();
        await page.locator(".console").scrollIntoViewIfNeeded();
        await page.getByRole("button", { name: "Discard" }).click();
        await page.getByText("of your input wait").waitFor({ state: "detached" });
      },
    );

    await t.step(
      "a key that cannot be pressed says why, until that is dismissed or the guest is there again",
      async () => {
        const pressed = page.waitForRequest((request) => request.url().endsWith("/keys"));
        await page.route("**/keys", async (route) => {
          await virsh(SYSTEM, "destroy", name).catch(() => "off already");
          await route.continue();
        });
        await page.getByRole("button", { name: "SysRq H" }).click();
        await pressed;
        const notice = (text: string) => page.locator(".console-notice").filter({ hasText: text });
        const refused = notice(`VM "${name}" is not running.`);
        // What became of the input above is another trouble, and hides nothing.
        await notice("Of what was typed 65536 bytes may not have arrived.").waitFor();
        await refused.waitFor();
        assert.equal(await page.getByText("SysRq H pressed.").count(), 0);
        const serial = page.getByRole("button", { name: "Ctrl C" });
        await page.locator('[data-console="closed"]').waitFor();
        assert.equal(await serial.getAttribute("aria-disabled"), "true");
        browser.errors.splice(0); // what the browser logs of the answer 409
        await refused.getByRole("button", { name: "Dismiss" }).click();
        await refused.waitFor({ state: "detached" });
        assert.equal(await notice("may not have arrived").count(), 1);

        await page.getByRole("button", { name: "SysRq H" }).click();
        await refused.waitFor();
        browser.errors.splice(0);
        await page.unroute("**/keys");
        await virsh(SYSTEM, "start", name);
        await refused.waitFor({ state: "detached" });
      },
    );
  },
});

/** The echo of the next line may stand before it: a shell that runs something does not read. */
const ONE = /one 2\s*$/;

const rows = (page: Page, text: string | RegExp) =>
  page.locator(".xterm-rows > div").filter({
    hasText: typeof text === "string" ? new RegExp(`^${escape(text)}\\s*$`) : text,
  });

/** Waits for a row; where it does not come, the error says what stands there instead. */
async function shown(page: Page, text: string | RegExp): Promise<void> {
  try {
    await rows(page, text).first().waitFor();
  } catch (error) {
    const text = (await page.locator(".xterm-rows > div").allTextContents()).join("\n").trimEnd();
    throw new Error(`the terminal shows:\n${text}`, { cause: error });
  }
}

const opened = (page: Page) =>
  page.locator('[data-console="open"][data-link-state="live"]').waitFor();

/** Gives the shell a command: pasted, because one line of it needs no question. */
async function run(page: Page, command: string): Promise<void> {
  await paste(page, command);
  await page.keyboard.press("Enter");
}

/** What a shell runs to learn how many bytes come as an answer within two seconds. */
const answerTo = (command: string) =>
  `stty -icanon -echo min 0 time 20; ${command}; n=$(head -c 99 | wc -c); stty icanon echo; ` +
  `echo; echo "answered with $n bytes"`;

/** What a browser does when somebody pastes. */
async function paste(page: Page, text: string): Promise<void> {
  await page.locator(".xterm-helper-textarea").evaluate((field, text) => {
    field.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const options = { clipboardData, bubbles: true, cancelable: true };
    field.dispatchEvent(new ClipboardEvent("paste", options));
  }, text);
}

/** Deno's RegExp.escape writes what Playwright does not read. */
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
