import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { domainXML, hostFile } from "@/tests/services/test_host.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { demandAccessible, SCHEMES } from "@/tests/harness/accessible.ts";
import { Authenticator } from "@/tests/harness/authenticator.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: pages for everybody: ${problem}`);

/** Pages and their states: the address, and what is done there first. */
const STATES: [
  what: string,
  path: string,
  act?: (page: Page, server: Server) => Promise<unknown>,
][] = [
  ["the host", "/"],
  ["the host, grouped and filtered", "/?group=state&q=web"],
  ["the host, sorted", "/?sort=cpu&order=down"],
  [
    "selected VMs",
    "/?q=web",
    async (page) => {
      await page.locator('[data-vm="web1"] .pick').click();
      await page.getByText("1 selected").waitFor();
    },
  ],
  [
    "the question about several VMs",
    "/",
    async (page) => {
      await page.getByLabel("Select all that are shown").check({ force: true });
      await page.getByRole("button", { name: "Power off…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
  ["the load of the host", "/?range=5m"],
  [
    "the host in dense rows",
    "/",
    (page) => page.evaluate(() => document.documentElement.dataset.density = "dense"),
  ],
  [
    "what went wrong elsewhere",
    "/",
    async (page, server) => {
      const token = await server.user("olga", "operator");
      await command(server, "web1", "start", { token });
      await page.locator(".toast-bad").waitFor();
    },
  ],
  ["the palette", "/", (page) => open(page, "Control+k")],
  ["the help on keys", "/", (page) => open(page, "?")],
  [
    "the notices",
    "/",
    async (page) => {
      await page.getByRole("link", { name: "Notices" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
  ["the menu", "/", (page) => page.getByRole("button", { name: "menu" }).click()],
  ["a VM", "/vms/web1"],
  ["a VM that is off", "/vms/web2"],
  ["the question before a power off", "/vms/web1?confirm=power-off"],
  [
    "the options of a terminal",
    "/vms/web1",
    async (page) => {
      await page.getByRole("button", { name: "Options" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
  ["hardware", "/vms/web1/hardware"],
  ["history", "/vms/web1/history"],
  ["snapshots", "/vms/web1/snapshots"],
  ["XML", "/vms/web1/xml"],
  ["activity", "/activity"],
  ["recordings", "/recordings"],
  ["users", "/users"],
  ["a user to be", "/users/new"],
  ["a user", "/users/admin"],
  ["the question before a user is deleted", "/users/admin?confirm=delete"],
  ["the audit log", "/audit"],
  ["one's own account", "/account"],
  ["a new password", "/account/password"],
  ["a new token", "/account/tokens"],
  [
    "a token that was refused",
    "/account/tokens",
    async (page) => {
      await page.getByLabel("Name").fill("backup");
      await page.getByLabel("Your password").fill("another");
      await page.getByRole("button", { name: "Make the token" }).click();
      await page.getByRole("alert").waitFor();
    },
  ],
  [
    "a token that was made",
    "/account/tokens",
    async (page) => {
      await page.getByLabel("Name").fill("backup");
      await page.getByLabel("Your password").fill(ADMIN.password);
      await page.getByRole("button", { name: "Make the token" }).click();
      await page.getByRole("link", { name: "I have copied it" }).waitFor();
    },
  ],
  ["the description of the API", "/api/docs"],
  [
    "a console in a window of its own",
    "/vms/web1/console",
    (page) => page.locator(".console-box .xterm").waitFor(),
  ],
  ["no such VM", "/vms/nothing"],
  ["all components", "/_components"],
  ["a second factor to be", "/account/second-factor"],
  ["its code for the app", "/account/second-factor", beginSecondFactor],
  [
    "recovery codes",
    "/account/second-factor",
    async (page) => {
      const app = new Authenticator(await page.locator("#secret").innerText());
      await page.getByRole("textbox", { name: "Code" }).fill(await app.code());
      await page.getByRole("button", { name: "Turn on" }).click();
      await page.getByRole("heading", { name: "Recovery codes" }).waitFor();
    },
  ],
  ["a second factor that is on", "/account/second-factor"],
];

/** What the browser says of pages that are there to tell that something was refused. */
const REFUSED = /status of 404|status of 401 .*\/account\/tokens/;

async function beginSecondFactor(page: Page): Promise<void> {
  await page.getByLabel("Your password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.locator("#secret").waitFor();
}

async function open(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
}

Deno.test({
  name: "axe finds nothing wrong with any page in any colours, and none scrolls sideways at 320 px",
  ignore: problem !== null,
  async fn(t) {
    using folder = temporaryFolder();
    const uri = hostFile(folder.path, ...HOST);
    // As `deno task dev` starts it, with the files of the usual build.
    const env = { FRESH_DEV: folder.path };
    await using server = await Server.start({ connect: uri, env });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await page.goto(`${server.url}/login`);
    const look = async (what: string) => {
      for (const scheme of SCHEMES) {
        await t.step(`${what}, ${scheme}`, () => demandAccessible(page, scheme));
      }
    };
    await look("sign-in");
    await signIn(page, server);
    // A command that failed, and one that did not, to have them in the lists.
    await command(server, "web2", "resume");
    await command(server, "web2", "start");
    await command(server, "web2", "stop", { force: true });
    for (const [what, path, act] of STATES) {
      await page.goto(server.url + path);
      if (!/nothing|console/.test(path)) await page.locator('[data-link="live"]').waitFor();
      await act?.(page, server);
      await look(what);
      const others = browser.errors.splice(0).filter((error) => !REFUSED.test(error));
      assert.deepEqual(others, [], what);
    }
    await browser.forget();
    await page.goto(`${server.url}/login`);
    await page.locator("[name=username]").fill(ADMIN.username);
    await page.locator("[name=password]").fill(ADMIN.password);
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Code" }).waitFor();
    await look("the code of a second factor");
    await server.user("vera", "viewer");
    await signIn(page, server, "/", "vera");
    for (const path of ["/", "/vms/web1"]) {
      await page.goto(server.url + path);
      await page.locator('[data-link="live"]').waitFor();
      await look(`${path} as a viewer has it`);
    }
    await using fresh = await Server.start({ connect: uri, admin: false });
    await page.goto(fresh.url);
    await page.getByLabel("Set-up code").waitFor();
    await look("the first admin");
  },
});

async function command(
  server: Server,
  vm: string,
  action: string,
  { token = server.token, ...more }: { force?: true; token?: string } = {},
): Promise<void> {
  const response = await server.fetch(`/api/v1/vms/${vm}/commands`, {
    token,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ action, ...more }),
  });
  assert.equal(response.status, 202);
  const { requestId } = await response.json();
  assert.ok(requestId);
}

const HOST = [
  domainXML("web1", `<title>Shop, front end</title><devices><console type='pty'/></devices>`),
  domainXML("web2", runState(5)),
  domainXML("db", runState(3)),
  // As many as do not go into a question without scrolling.
  ...Array.from({ length: 17 }, (_, number) => domainXML(`more${number}`)),
];

/** A state to begin with, for libvirt's test driver. */
function runState(state: number): string {
  return `<runstate xmlns='http://libvirt.org/schemas/domain/test/1.0'>${state}</runstate>`;
}
