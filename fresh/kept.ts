import type { VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { currentPage } from "./collector.ts";

/** So many pieces are kept; the one that came first goes first. */
const MOST = 2_000;

interface Kept {
  inputs: unknown[];
  html: string;
}

const pieces = new Map<string, Kept>();

/**
 * A piece that pages have in common: its HTML is kept under `key`, and drawn again only where one of
 * `inputs`, which are all that it depends on, is another value. It may not hold islands or `<Head>`.
 * Outside of a page, and in the browser, it is drawn each time.
 */
export function kept(key: string, inputs: unknown[], draw: () => VNode): VNode {
  if (currentPage() === null) return draw();
  let piece = pieces.get(key);
  if (!piece || !sameValues(piece.inputs, inputs)) {
    piece = { inputs, html: renderToString(draw()) };
    pieces.set(key, piece);
    if (pieces.size > MOST) pieces.delete(pieces.keys().next().value!);
  }
  return jsxTemplate([piece.html]) as VNode;
}

function sameValues(some: unknown[], others: unknown[]): boolean {
  return some.length === others.length && some.every((value, i) => Object.is(value, others[i]));
}
