import type { Page } from "playwright-core";
import { ADMIN, type Server } from "./server.ts";

/** Fills in the form as a person does; ends on `path`, which asked for it. */
export async function signIn(page: Page, server: Server, path = "/"): Promise<void> {
  await page.goto(`${server.url}${path}`);
  await page.getByLabel("Name").fill(ADMIN.username);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${server.url}${path}`);
}
