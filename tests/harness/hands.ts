import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** Somebody who uses a page by mouse alone, or by keyboard alone. */
export interface Hand {
  readonly name: "mouse" | "keyboard";
  /** Follows a link or presses a button. */
  press(target: Locator): Promise<void>;
  /** Goes to a field, or a terminal, and types. */
  write(target: Locator, text: string): Promise<void>;
  /** Ticks a box, or chooses one of several. */
  choose(target: Locator): Promise<void>;
}

export const mouse = (page: Page): Hand => ({
  name: "mouse",
  press: (target) => target.click(),
  async write(target, text) {
    await target.click();
    await page.keyboard.type(text);
  },
  choose: (target) => target.click({ force: true }),
});

/** Every stop on the way must show that it has the focus. */
export const keyboard = (page: Page): Hand => ({
  name: "keyboard",
  async press(target) {
    await reach(page, target);
    await page.keyboard.press("Enter");
  },
  async write(target, text) {
    await reach(page, target);
    await page.keyboard.type(text);
  },
  async choose(target) {
    const radio = await target.getAttribute("type") === "radio";
    if (!radio) {
      await reach(page, target);
      return await page.keyboard.press("Space");
    }
    const name = await target.getAttribute("name");
    const group = page.locator(`input[type=radio][name="${name}"]`);
    await reach(page, group.and(page.locator(":checked")));
    for (let left = await group.count(); left > 0 && !await target.isChecked(); left--) {
      await page.keyboard.press("ArrowDown");
    }
    assert.ok(await target.isChecked(), "the arrow keys do not get there");
  },
});

const MOST_STOPS = 80;

/** Goes to `target` by Tab, or by Shift and Tab where it stands before what has the focus. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: "attached" });
  const way: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const { there, before } = await target.evaluate((wanted) => {
      const focused = document.activeElement ?? document.body;
      const place = focused.compareDocumentPosition(wanted);
      return {
        there: focused === wanted,
        before: focused !== document.body && (place & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
      };
    });
    if (there) return;
    await page.keyboard.press(before ? "Shift+Tab" : "Tab");
    way.push(await page.evaluate(focusShown));
  }
  throw new Error(`${target} cannot be reached by Tab:\n${way.join("\n")}`);
}

/** Runs in the page: says what has the focus. @throws Error when nobody could see that it has */
export function focusShown(): string {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return "the page";
  const words = focused.outerHTML.slice(0, 120);
  // A terminal's own field is a point, and its whole box shows the focus.
  const place = focused.closest(".console-box") ?? focused.closest("label") ?? focused;
  // A link that is broken into lines has nothing in the middle of them all.
  const { left, top, right, bottom } = place.getClientRects()[0] ?? new DOMRect();
  const middle = [
    (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
    (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
  ] as const;
  const there = document.elementFromPoint(...middle);
  if (!place.contains(there)) {
    const over = there?.outerHTML.slice(0, 120) ?? "the edge of the page";
    throw new Error(`what has the focus is under ${over}: ${words}`);
  }
  const shows = [
    focused,
    focused.nextElementSibling,
    focused.closest("label"),
    focused.closest(".console"),
  ].some((each) => {
    if (!each) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
  if (!shows) throw new Error(`nothing shows that this has the focus: ${words}`);
  return words;
}
