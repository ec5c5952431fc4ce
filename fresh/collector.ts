import type { VNode } from "preact";
import type { Island } from "./islands.ts";

/** What components leave behind while one page is rendered, for the document around them. */
export interface PageParts {
  /** Children of every `<Head>`, in the order they were rendered. */
  head: VNode[];
  islands: { island: Island; props: unknown }[];
}

// Rendering is synchronous, so one variable says which page is being rendered.
let current: PageParts | null = null;

export function collecting<Result>(parts: PageParts, render: () => Result): Result {
  const outer = current;
  current = parts;
  try {
    return render();
  } finally {
    current = outer;
  }
}

/** The page being rendered; null outside of one, as when a test renders a component alone. */
export function currentPage(): PageParts | null {
  return current;
}
