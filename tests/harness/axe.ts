import axe from "axe-core";
import type { Page } from "playwright-core";

/** WCAG 2.2 AA, and what axe holds to be good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong with the page as it is now, a line for each rule and place. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Not a script of the page: its Content-Security-Policy would refuse it.
  await page.evaluate(`window.axe || ${axe.source}`);
  return await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) =>
        `${id}: ${help}: ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`
      )
    );
  }, TAGS);
}
