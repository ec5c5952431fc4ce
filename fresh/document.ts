import type { VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { scriptsIn } from "./assets.ts";
import type { PageParts } from "./collector.ts";
import { devScript } from "./dev.ts";
import { mergeHead } from "./head_elements.ts";
import { scriptJSON } from "./serialize.ts";

const PLACE = "<!--fresh-page-->";
const plainShell = `<html><head><meta charset="utf-8"></head><body>${PLACE}</body></html>`;

/** Where the page goes in the app wrapper. */
export function pagePlace(): VNode {
  return jsxTemplate([PLACE]) as VNode;
}

/**
 * The whole document: the page in the app wrapper's HTML, the elements of `<Head>` in its head, and
 * script, preloads, style sheets and props of the islands when there are any, in the language that
 * `<html lang>` says. The page is by far
 * the longest part and is never searched: that would copy it each time.
 */
export function documentOf(shell: string | null, page: string, parts: PageParts): string {
  // Without an app wrapper the page may be a whole document itself.
  const around = shell ?? (/^\s*<html/i.test(page) ? page : plainShell);
  const place = around.indexOf(PLACE);
  const [before, after] = place < 0
    ? splitAt(around, bodyEnd(around))
    : [around.slice(0, place), around.slice(place + PLACE.length)];
  const headEnd = before.indexOf("</head>");
  const [start, body] = splitAt(before, headEnd < 0 ? before.length : headEnd);
  const [foot, end] = splitAt(after, bodyEnd(after));

  const head = mergeHead(start, parts.head);
  const islands = islandParts(parts, languageOf(start));
  const content = place < 0 ? "" : page;
  return `<!DOCTYPE html>${head}${islands.head}${body}${content}${foot}${islands.body}${end}`;
}

function splitAt(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at)];
}

function bodyEnd(html: string): number {
  const end = html.lastIndexOf("</body>");
  return end < 0 ? html.length : end;
}

/** What `<html lang>` says; "" when it says nothing. */
function languageOf(start: string): string {
  return /^\s*<html[^>]*\slang="([^"]*)"/i.exec(start)?.[1] ?? "";
}

function islandParts({ islands }: PageParts, language: string): { head: string; body: string } {
  const scripts = scriptsIn(language);
  if (islands.length === 0 || !scripts) return { head: devScript, body: "" };
  const { client, islands: built } = scripts;

  const modules = new Set<string>();
  const css = new Set<string>();
  const entries = islands.map(({ island, props }) => {
    const assets = built[island.file];
    if (!assets) throw new Error(`Island ${island.file} is not built: run deno task build`);
    for (const address of [assets.module, ...assets.imports]) modules.add(address);
    for (const address of assets.css) css.add(address);
    return [assets.module, island.exportName, props];
  });
  // The script itself asks for it.
  modules.delete(client);
  const links = [
    ...Array.from(css, (address) => `<link rel="stylesheet" href="${address}">`),
    ...Array.from(modules, (address) => `<link rel="modulepreload" href="${address}">`),
    `<script type="module" src="${client}"></script>`,
  ];
  return {
    head: devScript + links.join(""),
    body: `<script type="application/json" id="fresh-islands">${scriptJSON(entries)}</script>`,
  };
}
