import axe, { type RunOnly } from "axe-core";
import type { Page } from "playwright-core";

/** WCAG 2.2 AA, and what axe holds to be good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Of its rules, those that colours decide. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong with the page as it is now, or with its colours, a line for each rule and place. */
export async function axeViolations(
  page: Page,
  { coloursAlone = false }: { coloursAlone?: boolean } = {},
): Promise<string[]> {
  const runOnly: RunOnly = coloursAlone
    ? { type: "rule", values: OF_COLOURS }
    : { type: "tag", values: TAGS };
  // Not a script of the page: its Content-Security-Policy would refuse it.
  if (await page.evaluate("!window.axe")) await page.evaluate(axe.source);
  return await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, {
      runOnly,
      // The nodes of what is well are many, and nobody reads of them.
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) =>
        `${id}: ${help}: ${target.join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`
      )
    );
  }, runOnly);
}
