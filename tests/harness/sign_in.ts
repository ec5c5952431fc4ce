import type { Page } from "playwright-core";
import { ADMIN } from "./server.ts";

/** Fills in the form as a person of any language does; ends on `path`, which asked for it. */
export async function signIn(
  page: Page,
  { url }: { url: string },
  path = "/",
  username = ADMIN.username,
): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.locator("[name=username]").fill(username);
  await page.locator("[name=password]").fill(ADMIN.password);
  await page.locator("main .button-main").click();
  await page.waitForURL(`${url}${path}`);
}
