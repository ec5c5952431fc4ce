import type { ComponentChildren, VNode } from "preact";
import { toChildArray } from "preact";
import { assetURL } from "./assets.ts";
import { currentPage } from "./collector.ts";

export { HttpError } from "./http_error.ts";
export { kept } from "./kept.ts";

/** Whether this code runs in a browser. The build gives islands client/runtime.ts, where it does. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/** Address of a file in static/ that changes with its content, so that browsers may keep it. */
export function asset(path: string): string {
  return assetURL(path);
}

export interface HeadProps {
  children?: ComponentChildren;
}

/** Puts its children into the page's `<head>`; of several that say the same, the last one counts. */
export function Head({ children }: HeadProps): null {
  const vnodes = toChildArray(children).filter((child): child is VNode =>
    typeof child === "object"
  );
  currentPage()?.head.push(...vnodes);
  return null;
}
