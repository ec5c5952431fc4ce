import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";

const problem = Browser.problem ?? await hypervisorProblem();
if (problem) console.log(`skipped: what a terminal is drawn with: ${problem}`);

Deno.test({
  name: "what a terminal is drawn with",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-fxb-renderer";
    const path = `/vms/${name}`;
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using browser = await Browser.start({ graphics: "emulated" });
    {
      await using page = await browser.page();
      await signIn(page, server, path);
      if (await card(page) === null) return console.log("skipped: WebGL: Chromium offers none");

      await t.step("elements, where WebGL is emulated by the processor", async () => {
        assert.match(String(await card(page)), /SwiftShader/);
        await drawnBy(page, "dom");
        // What is typed before is not taken.
        await page.locator('[data-console="open"]').waitFor();
        await page.locator(".console-box").click();
        await page.keyboard.type("echo seen-$((6*7))\n");
        await shown(page, "seen-42");
      });
    }

    await t.step("elements, where there is no WebGL", async () => {
      await using page = await browser.page();
      await page.addInitScript(() => {
        const own = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (
          this: HTMLCanvasElement,
          kind: string,
          ...rest: unknown[]
        ) {
          return kind.startsWith("webgl") ? null : Reflect.apply(own, this, [kind, ...rest]);
        } as typeof own;
      });
      await page.goto(`${server.url}${path}`);
      await shown(page, "seen-42");
      await drawnBy(page, "dom");
    });

    await t.step(
      "WebGL, where there is a card; elements with all the text, when it is lost",
      async () => {
        await using page = await browser.page();
        await page.addInitScript(passForCard);
        await page.goto(`${server.url}${path}`);
        await drawnBy(page, "gpu");
        const canvas = page.locator(".xterm-screen canvas:not([class])");
        assert.equal(await page.locator(".xterm-rows > div").count(), 0);
        await canvas.evaluate((canvas) => {
          const context = (canvas as HTMLCanvasElement).getContext("webgl2");
          context!.getExtension("WEBGL_lose_context")!.loseContext();
        });
        await drawnBy(page, "dom");
        await shown(page, "seen-42");
        await page.locator(".console-box").click();
        await page.keyboard.type("echo still-$((6*7))\n");
        await shown(page, "still-42");
      },
    );
  },
});

/** Makes the emulated card say that it is a real one, as nothing here has one. */
function passForCard() {
  const context = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (
    this: HTMLCanvasElement,
    kind: string,
    options?: object,
  ) {
    const slow = { ...options, failIfMajorPerformanceCaveat: false };
    return Reflect.apply(context, this, [kind, kind === "webgl2" ? slow : options]);
  } as typeof context;
  const parameter = WebGL2RenderingContext.prototype.getParameter;
  const UNMASKED_RENDERER = 0x9246;
  WebGL2RenderingContext.prototype.getParameter = function (name: number) {
    return name === UNMASKED_RENDERER ? "A card" : parameter.call(this, name);
  };
}

/** What WebGL calls the graphics card; null where there is no WebGL. */
function card(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const context = document.createElement("canvas").getContext("webgl2");
    const names = context?.getExtension("WEBGL_debug_renderer_info");
    return context && names ? context.getParameter(names.UNMASKED_RENDERER_WEBGL) : null;
  });
}

const drawnBy = (page: Page, renderer: string) =>
  page.locator(`.console-box[data-renderer="${renderer}"]`).waitFor();

const shown = (page: Page, text: string) =>
  page.locator(".xterm-rows > div").filter({ hasText: new RegExp(`^${text}\\s*$`) }).first()
    .waitFor();
