import type { Page } from "playwright-core";

/** What a page asked its server for. */
export interface Transfers {
  /** Those that open a WebSocket included. */
  requests: number;
  /** Bytes over the wire, heads and compressed bodies; without what WebSockets carry. */
  bytes: number;
  /**
   * Of those the bodies of JavaScript, whether a script tag, a preload or an import asked for them.
   * Inline scripts do not count: the Content-Security-Policy forbids them.
   */
  javaScript: number;
}

/** Counts what `url` transfers with an empty cache until the page has come to rest and `shown` too. */
export async function transfersOf(
  page: Page,
  url: string,
  shown: readonly string[] = [],
): Promise<Transfers> {
  const devtools = await page.context().newCDPSession(page);
  const counted: Transfers = { requests: 0, bytes: 0, javaScript: 0 };
  const scripts = new Set<string>();
  devtools.on("Network.requestWillBeSent", () => counted.requests++);
  devtools.on("Network.webSocketCreated", () => counted.requests++);
  devtools.on("Network.responseReceived", ({ requestId, response }) => {
    if (/javascript/.test(response.mimeType)) scripts.add(requestId);
  });
  devtools.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) counted.javaScript += encodedDataLength;
  });
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    counted.bytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  const response = await page.goto(url);
  if (!response?.ok()) throw new Error(`GET ${url} answered ${response?.status()}`);
  for (const selector of shown) await page.locator(selector).first().waitFor();
  await page.waitForLoadState("networkidle");
  return counted;
}
