import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { axeViolations } from "./axe.ts";

/** Those that people choose; the last one is the light one of these with all its contrast. */
export const SCHEMES = ["light", "dark", "contrast"] as const;
export type Scheme = typeof SCHEMES[number];

/**
 * Fails where axe finds something wrong with the page as it is now, in these colours, wide and narrow,
 * or where it scrolls sideways at 320 px. The page's size and colours are a test's usual ones afterwards.
 */
export async function demandAccessible(page: Page, scheme: Scheme): Promise<void> {
  const colorScheme = scheme === "dark" ? "dark" : "light";
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const before = await setTheme(page, scheme === "contrast" ? scheme : "system");
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
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await setTheme(page, before);
}

/** The page's theme; returns what it was. */
function setTheme(page: Page, theme: string | undefined): Promise<string | undefined> {
  return page.evaluate((theme) => {
    const { dataset } = document.documentElement;
    const before = dataset.theme;
    if (theme === undefined) delete dataset.theme;
    else dataset.theme = theme;
    return before;
  }, theme);
}

/** The same in all colours. */
export async function demandAccessibleInAll(page: Page): Promise<void> {
  for (const scheme of SCHEMES) await demandAccessible(page, scheme);
}
