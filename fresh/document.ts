import { Fragment, toChildArray, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { assetManifest } from "./assets.ts";
import type { PageParts } from "./collector.ts";
import { devScript } from "./dev.ts";
import { scriptJSON } from "./serialize.ts";

/**
 * The whole document: what the components rendered, with the elements of `<Head>` in its head, and
 * with the script, preloads, style sheets and props of the islands when there are any.
 */
export function documentOf(rendered: string, parts: PageParts): string {
  let html = /^\s*<html/i.test(rendered)
    ? rendered
    : `<html><head><meta charset="utf-8"></head><body>${rendered}</body></html>`;
  const head = headElements(parts.head);
  if (head.size > 0) html = withHead(html, head);
  const { head: links, body: props } = islandParts(parts);
  if (links) html = insertBefore(html, html.indexOf("</head>"), links);
  if (props) html = insertBefore(html, html.lastIndexOf("</body>"), props);
  return `<!DOCTYPE html>${html}`;
}

function insertBefore(html: string, at: number, text: string): string {
  return at < 0 ? html + text : html.slice(0, at) + text + html.slice(at);
}

function headElements(vnodes: VNode[], found = new Map<string, string>()): Map<string, string> {
  for (const vnode of vnodes) {
    if (vnode.type === Fragment) {
      const children = toChildArray(vnode.props.children);
      headElements(children.filter((child): child is VNode => typeof child === "object"), found);
    } else {
      found.set(identity(vnode) ?? `#${found.size}`, renderToString(vnode));
    }
  }
  return found;
}

/** Two elements with the same identity say the same thing; null when it is said any number of times. */
function identity(vnode: VNode): string | null {
  const props = vnode.props as Record<string, unknown>;
  if (vnode.type === "title") return "title";
  if (vnode.key != null) return `key ${vnode.key}`;
  if (vnode.type === "meta" && props["name"]) return `meta ${props["name"]}`;
  return null;
}

function withHead(html: string, elements: Map<string, string>): string {
  const end = html.indexOf("</head>");
  let head = end < 0 ? "" : html.slice(0, end);
  if (elements.has("title")) head = head.replace(/<title>[^<]*<\/title>/, "");
  for (const id of elements.keys()) {
    if (!id.startsWith("meta ")) continue;
    const name = id.slice(5).replace(/[^\w:.-]/g, "");
    head = head.replace(new RegExp(`<meta [^>]*name="${name}"[^>]*>`), "");
  }
  return head + [...elements.values()].join("") + html.slice(Math.max(end, 0));
}

function islandParts({ islands }: PageParts): { head: string; body: string } {
  const manifest = assetManifest();
  if (islands.length === 0 || !manifest.client) return { head: devScript, body: "" };

  const modules = new Set<string>();
  const css = new Set<string>();
  const entries = islands.map(({ island, props }) => {
    const built = manifest.islands[island.file];
    if (!built) throw new Error(`Island ${island.file} is not built: run deno task build`);
    for (const address of [built.module, ...built.imports]) modules.add(address);
    for (const address of built.css) css.add(address);
    return [built.module, island.exportName, props];
  });
  const links = [
    ...[...css].map((address) => `<link rel="stylesheet" href="${address}">`),
    ...[...modules].map((address) => `<link rel="modulepreload" href="${address}">`),
    `<script type="module" src="${manifest.client}"></script>`,
  ];
  return {
    head: devScript + links.join(""),
    body: `<script type="application/json" id="fresh-islands">${scriptJSON(entries)}</script>`,
  };
}
