import { chromium, type Page } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];

/** Runs Chromium with an empty cache and the given cookie, for as long as `use` takes. */
export async function withPage<T>(
  cookie: string,
  url: string,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    const context = await browser.newContext();
    const [name = "", value = ""] = cookie.split(/=(.*)/);
    if (cookie) await context.addCookies([{ name, value, url }]);
    return await use(await context.newPage());
  } finally {
    await browser.close();
  }
}

/**
 * Bytes of JavaScript bodies that crossed the wire (compressed as served) until a page has come to
 * rest, whether a script tag, a preload or an import asked for them. Inline scripts do not count:
 * the Content-Security-Policy forbids them.
 */
export async function javaScriptBytes(page: Page, url: string): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  const received = new Map<string, number>();
  devtools.on("Network.responseReceived", ({ requestId, response }) => {
    if (/javascript/.test(response.mimeType)) scripts.add(requestId);
  });
  devtools.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    received.set(requestId, (received.get(requestId) ?? 0) + encodedDataLength);
  });
  await devtools.send("Network.enable");
  const response = await page.goto(url, { waitUntil: "networkidle" });
  if (!response?.ok()) throw new Error(`GET ${url} answered ${response?.status()}`);
  return [...scripts].reduce((sum, id) => sum + (received.get(id) ?? 0), 0);
}
