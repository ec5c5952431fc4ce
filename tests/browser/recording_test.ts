import assert from "node:assert/strict";
import { Recording } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";

const problem = Browser.problem ?? await hypervisorProblem();
if (problem) console.log(`skipped: a console that is recorded in a browser: ${problem}`);

Deno.test({
  name: "a console is recorded by a button, and replayed as it was seen",
  ignore: problem !== null,
  async fn() {
    const name = "vg-rec-page";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server, `/vms/${name}`);
    await page.locator('[data-console="open"]').waitFor();
    await page.getByRole("button", { name: "Record this console" }).click();
    await page.getByText("Recording", { exact: true }).waitFor();
    await page.locator(".console-box").click();
    await page.keyboard.press("Enter");
    await page.keyboard.type("echo seen-$((6*7))\n");
    // The terminal may be drawn by WebGL, which leaves no text to look for: the file has it.
    const [recording] = z.array(Recording).parse(await server.json("/api/v1/recordings"));
    assert.equal(recording?.vm, name);
    await eventually(async () => {
      const cast = await server.fetch(`/api/v1/recordings/${recording?.id}/cast`);
      return said(await cast.text()).includes("\nseen-42");
    }, { for: "the answer of the guest in the file", deadline: 30_000, every: 100 });
    // Another has taken its place when the page stops it: as after a limit was reached.
    await post(server, `/api/v1/recordings/${recording?.id}/stop`);
    // One button does both: it must have become the other, or the click meets it as it turns.
    await page.getByRole("button", { name: "Record this console" }).waitFor();
    const next = Recording.parse(await post(server, `/api/v1/vms/${name}/recordings`));
    await page.getByRole("button", { name: "Stop the recording" }).click();
    await page.getByRole("button", { name: "Record this console" }).waitFor();
    const ended = Recording.parse(await server.json(`/api/v1/recordings/${next.id}`));
    assert.equal(ended.ended, "Stopped by admin.");

    await page.getByRole("link", { name: "Recordings" }).first().click();
    await page.locator(`a[href$="/recordings/${recording?.id}"]`).first().click();
    await page.getByRole("button", { name: "Play" }).click();
    await page.locator(".xterm-rows > div").filter({ hasText: /^seen-42\s*$/ }).waitFor();
  },
});

async function post(server: Server, path: string): Promise<unknown> {
  const answer = await server.fetch(path, { method: "POST" });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return await answer.json();
}

/** What the guest said in an asciicast file. */
function said(cast: string): string {
  const events = cast.trimEnd().split("\n").slice(1).map((line) => JSON.parse(line));
  return events.filter(([, code]) => code === "o").map(([, , text]) => text).join("");
}
