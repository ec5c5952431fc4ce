/// <reference path="./virtual.d.ts" />
// What `fresh/runtime` is in the browser: the build puts this file in the place of ../runtime.ts.
import { type ComponentChild, type ComponentChildren, toChildArray, type VNode } from "preact";
import { useEffect } from "preact/hooks";
import staticAssets from "virtual:static-assets";

export { HttpError } from "../http_error.ts";

export const IS_BROWSER: boolean = true;

export const kept = (_key: string, _inputs: unknown[], draw: () => VNode): VNode => draw();

export function asset(path: string): string {
  return staticAssets[path] ?? path;
}

/** Sets the title and fills in attributes of `<meta>` and `<link>` while the island lives. */
export function Head({ children }: { children?: ComponentChildren }): null {
  useEffect(() => {
    for (const child of toChildArray(children)) apply(child);
  });
  return null;
}

function apply(child: ComponentChild): void {
  if (!child || typeof child !== "object" || !("type" in child)) return;
  const { type, props } = child as VNode<Record<string, unknown>>;
  if (type === "title") {
    document.title = toChildArray(props["children"] as ComponentChildren).join("");
  } else if (typeof type === "string") {
    const named = type === "meta" ? "name" : type === "link" ? "rel" : "id";
    const selector = `${type}[${named}="${CSS.escape(String(props[named]))}"]`;
    const element = document.head.querySelector(selector) ??
      document.head.appendChild(document.createElement(type));
    for (const [key, value] of Object.entries(props)) {
      if (key !== "children") element.setAttribute(key, String(value));
    }
  }
}
