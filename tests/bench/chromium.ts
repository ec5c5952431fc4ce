import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];

/** Chromium, for as long as `use` takes. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a page with an empty cache and the given cookie of the site at `url`, while `use` takes. */
export async function withPage<T>(
  browser: Browser,
  cookie: string,
  url: string,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    await addCookie(context, cookie, url);
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

async function addCookie(context: BrowserContext, cookie: string, url: string): Promise<void> {
  const [name = "", value = ""] = cookie.split(/=(.*)/);
  if (cookie) await context.addCookies([{ name, value, url }]);
}

/** Throws when the page does not answer 200. */
export async function visit(page: Page, url: string): Promise<void> {
  const response = await page.goto(url);
  if (!response?.ok()) throw new Error(`GET ${url} answered ${response?.status()}`);
}

/** The process ids of a browser: all of them, or those of its pages alone. */
export async function browserPids(browser: Browser, kind?: "renderer"): Promise<number[]> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  return processInfo.filter(({ type }) => !kind || type === kind).map(({ id }) => id);
}

/**
 * CLOCK_MONOTONIC in nanoseconds when the page's `performance.now()` was 0: by it, what happens in the
 * page can be set against what other processes do.
 */
export async function pageOrigin(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const { metrics } = await devtools.send("Performance.getMetrics");
  await devtools.detach();
  const origin = metrics.find(({ name }) => name === "NavigationStart");
  if (!origin) throw new Error("Chromium does not say when the page began");
  return origin.value * 1e9;
}
