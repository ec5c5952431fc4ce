/** Longest description that is kept of a client that says something unusual. */
const LONGEST = 60;

/** In this order: each one's text has those of later ones in it. */
const BROWSERS: readonly [said: RegExp, name: string][] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\//, "Firefox"],
  [/\b(Headless)?Chrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly [said: RegExp, name: string][] = [
  [/\bAndroid\b/, "Android"],
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** What a client is, in few words, by its `User-Agent`: "Firefox on Linux", or "curl/8.5.0". */
export function deviceOf(userAgent: string | null): string | null {
  const text = userAgent?.trim() ?? "";
  if (text === "") return null;
  const named = (list: typeof BROWSERS) => list.find(([said]) => said.test(text))?.[1];
  const browser = named(BROWSERS);
  const system = named(SYSTEMS);
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  return text.split(/\s/)[0]!.slice(0, LONGEST);
}
