import type { Page } from "playwright-core";
import { ADMIN } from "./server.ts";

/** Fills in the form as a person does; ends on `path`, which asked for it. */
export async function signIn(
  page: Page,
  { url }: { url: string },
  path = "/",
  username = ADMIN.username,
): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByLabel("Name").fill(username);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${url}${path}`);
}
