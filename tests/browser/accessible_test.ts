import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { domainXML, hostFile } from "@/tests/services/test_host.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { axeViolations } from "@/tests/harness/axe.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { Server } from "@/tests/harness/server.ts";
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
  ["the description of the API", "/api/docs"],
  [
    "a console in a window of its own",
    "/vms/web1/console",
    (page) => page.locator(".console-box .xterm").waitFor(),
  ],
  ["no such VM", "/vms/nothing"],
  ["all components", "/_components"],
];

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
    for (const scheme of SCHEMES) await t.step(`sign-in, ${scheme}`, () => look(page, scheme));
    await signIn(page, server);
    // A command that failed, and one that did not, to have them in the lists.
    await command(server, "web2", "resume");
    await command(server, "web2", "start");
    await command(server, "web2", "stop", { force: true });
    for (const [what, path, act] of STATES) {
      await page.goto(server.url + path);
      if (!/nothing|console/.test(path)) await page.locator('[data-link="live"]').waitFor();
      await act?.(page, server);
      for (const scheme of SCHEMES) await t.step(`${what}, ${scheme}`, () => look(page, scheme));
      browser.errors.splice(0).filter((error) => !/404/.test(error)).forEach((error) =>
        assert.fail(error)
      );
    }
    await server.user("vera", "viewer");
    await browser.forget();
    await signIn(page, server, "/", "vera");
    for (const path of ["/", "/vms/web1"]) {
      await page.goto(server.url + path);
      await page.locator('[data-link="live"]').waitFor();
      for (const scheme of SCHEMES) {
        await t.step(`${path} as a viewer has it, ${scheme}`, () => look(page, scheme));
      }
    }
  },
});

/** Those that people choose; the last one is the light one of these with all its contrast. */
const SCHEMES = ["light", "dark", "contrast"] as const;

async function look(page: Page, scheme: typeof SCHEMES[number]): Promise<void> {
  const colorScheme = scheme === "dark" ? "dark" : "light";
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate((theme) => {
    document.documentElement.dataset.theme = theme;
  }, scheme === "contrast" ? scheme : "system");
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    // A dark page is a light one but for its colours, and a narrow one has the colours of a wide one.
    const coloursAlone = scheme !== "light";
    if (width > 320 || !coloursAlone) {
      assert.deepEqual(await axeViolations(page, { coloursAlone }), [], `${width} px`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} px wide at ${width} px`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

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
