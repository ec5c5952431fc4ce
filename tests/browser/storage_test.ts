import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { domainXML, hostFile } from "@/tests/services/test_host.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: the host's storage in a browser: ${problem}`);

Deno.test({
  name: "the host page says how full the storage is, and keeps saying it when it is live",
  ignore: problem !== null,
  async fn() {
    using folder = temporaryFolder();
    const pool = `<pool type="dir"><name>images</name><target><path>${folder.path}</path></target>
      </pool>`;
    const connect = hostFile(folder.path, domainXML("web1"), pool);
    await using server = await Server.start({ connect });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    const storage = page.locator(".readout", { hasText: "Storage" });
    const drawn = async () => await storage.count() === 1 || (await page.reload(), false);
    await eventually(drawn, { for: "the storage on the page" });
    await page.locator('[data-link="live"]').waitFor();
    assert.match(await storage.innerText(), /iB\s+of .*iB, pool images$/);
    // What the server draws in an island stands in an element of its own, and is no first readout for that.
    const line = await storage.evaluate((box) => getComputedStyle(box).borderInlineStartWidth);
    assert.equal(line, "1px");
    assert.deepEqual(browser.errors, []);
  },
});
