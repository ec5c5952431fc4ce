import assert from "node:assert/strict";
import { Audit } from "@/services/audit/mod.ts";
import { Store } from "@/services/store/mod.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { counts } from "@/tests/harness/page.ts";
import { ENTRY } from "@/tests/services/audit_fixture.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: the audit log in a browser: ${problem}`);

Deno.test({
  name: "the audit log without JavaScript: asked for, leafed through, exported",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    record(server.dataDir, 120);
    await using browser = await Browser.start({ javaScript: false });
    await using page = await browser.page();
    await signIn(page, server, "/audit");
    const rows = page.locator("tr[data-seq]");
    const first = Number(await rows.first().getAttribute("data-seq"));
    await counts(rows, 100);
    await page.getByRole("link", { name: "Older" }).click();
    assert.equal(Number(await rows.first().getAttribute("data-seq")), first - 100);
    assert.ok(await rows.count() < 100);
    await page.getByRole("link", { name: "Newest" }).click();
    assert.equal(Number(await rows.first().getAttribute("data-seq")), first);

    await page.getByLabel("User").fill("admin");
    await page.getByLabel("What").selectOption({ label: "User added" });
    await page.getByLabel("From (UTC)").fill("2020-01-01T00:00");
    await page.getByRole("button", { name: "Show" }).click();
    await counts(rows, 1);
    assert.match(await rows.first().innerText(), /command line\s+User added\s+admin/);
    assert.equal(await page.getByLabel("User").inputValue(), "admin");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^virtglass audit .*\.jsonl$/);
    const lines = (await Deno.readTextFile(await download.path())).trimEnd().split("\n");
    assert.deepEqual(lines.map((line) => JSON.parse(line).kind), ["user.add"]);
  },
});

/** Has more recorded than one page shows, as the command line does while the server runs. */
function record(dataDir: string, records: number): void {
  using store = new Store(dataDir);
  using audit = new Audit(store, dataDir, 365);
  for (let index = 0; index < records; index++) {
    audit.outcome({ ...ENTRY, result: index % 3 === 0 ? "failed" : "ok", duration: index });
  }
}
