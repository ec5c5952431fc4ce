import type { Locator } from "playwright-core";
import { eventually } from "./wait.ts";

/** Waits until there are so many: what is clicked changes a page a moment later. */
export async function counts(place: Locator, expected: number): Promise<void> {
  await eventually(async () => {
    const found = await place.count();
    if (found === expected) return true;
    throw new Error(`there are ${found}`);
  }, { for: `${expected} of ${place}` });
}

/** Waits until it has the focus. */
export async function hasFocus(place: Locator): Promise<void> {
  await eventually(() => place.evaluate((each) => each === document.activeElement), {
    for: `the focus of ${place}`,
  });
}
