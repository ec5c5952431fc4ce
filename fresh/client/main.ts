/// <reference path="./virtual.d.ts" />
import { type ComponentType, h, hydrate, render } from "preact";
import { drawn } from "./drawn.ts";
import { rangeRoot } from "./range.ts";
import { revive } from "./revive.ts";

// URL of the module, its export, and the props; in the order of the numbers in the comments.
type Entry = [url: string, exportName: string, props: unknown];

const entries: Entry[] = JSON.parse(document.getElementById("fresh-islands")?.textContent ?? "[]");
const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
const starts = new Map<string, Comment>();

for (let node; (node = comments.nextNode() as Comment | null);) {
  const [kind, number] = node.data.split(":");
  if (kind === "island" && number) starts.set(number, node);
  const start = kind === "/island" && number && starts.get(number);
  const entry = entries[Number(number)];
  if (start && entry) void awaken(entry, start, node);
}

async function awaken([url, exportName, props]: Entry, start: Comment, end: Comment) {
  await drawn();
  const module: Record<string, ComponentType> = await import(/* @vite-ignore */ url);
  const component = module[exportName];
  if (!component) throw new Error(`${url} does not export ${exportName}`);
  const root = rangeRoot(start, end);
  const vnode = h(component, revive(props) as Record<string, unknown>);
  if (import.meta.env.DEV) {
    // The island may be newer than the server, whose HTML would then stay where it differs.
    for (const node of root.childNodes as NodeListOf<ChildNode>) node.remove();
    render(vnode, rangeRoot(start, end));
  } else {
    hydrate(vnode, root);
  }
}
