import { TrieRouter } from "hono/router/trie-router";
import { METHOD_NAME_ALL } from "hono/router";
import { bySpecificity, type RoutePattern, type Variant } from "./patterns.ts";

export interface Match<Item> {
  item: Item;
  /** Percent-decoded once. */
  params: Record<string, string>;
}

interface Added<Item> {
  variant: Variant;
  item: Item;
  /** A pattern without its optional end, as `/` of `[[name]].tsx`: a route of that very path wins. */
  shortened: boolean;
  /** Fallbacks come after all routes. */
  fallback: boolean;
}

/** Finds the route of a path. Methods are the route's own business: it says 405, not 404. */
export class Router<Item> {
  #added: Added<Item>[] = [];
  /** By the whole path, what has no parameters: nothing is more specific. */
  #literal: Map<string, Item> | null = null;
  #router: TrieRouter<Item> | null = null;

  add({ variants }: RoutePattern, item: Item, options = { fallback: false }): void {
    this.#literal = this.#router = null;
    for (const variant of variants) {
      this.#added.push({ variant, item, shortened: variant !== variants[0], ...options });
    }
  }

  /** Null when no route has this path; throws URIError when it is not valid percent-encoding. */
  match(path: string): Match<Item> | null {
    this.#literal ??= this.#literals();
    const literal = this.#literal.get(path);
    if (literal !== undefined) return { item: literal, params: {} };
    this.#router ??= this.#build();
    const first = this.#router.match(METHOD_NAME_ALL, path)[0][0];
    if (path.includes("%")) decodeURIComponent(path);
    if (!first) return null;

    const params: Record<string, string> = {};
    for (const [name, raw] of Object.entries(first[1])) params[name] = decodeURIComponent(raw);
    return { item: first[0], params };
  }

  #literals(): Map<string, Item> {
    const literals = new Map<string, Item>();
    // As in `#build`: of two with one path a whole pattern comes first, then what was added first.
    const inOrder = this.#added.toSorted((a, b) => Number(a.shortened) - Number(b.shortened));
    for (const { variant, item, fallback } of inOrder) {
      const path = honoPath(variant);
      const literal = !fallback && variant.every(({ kind }) => kind === "literal");
      if (literal && !literals.has(path)) literals.set(path, item);
    }
    return literals;
  }

  #build(): TrieRouter<Item> {
    const router = new TrieRouter<Item>();
    const sorted = this.#added.toSorted((a, b) =>
      Number(a.fallback) - Number(b.fallback) ||
      // Of two fallbacks the one of the deeper folder is the more specific.
      (a.fallback ? b.variant.length - a.variant.length : 0) ||
      bySpecificity(a.variant, b.variant) ||
      Number(a.shortened) - Number(b.shortened)
    );
    for (const { variant, item } of sorted) router.add(METHOD_NAME_ALL, honoPath(variant), item);
    return router;
  }
}

function honoPath(variant: Variant): string {
  const segments = variant.map((segment) =>
    segment.kind === "literal"
      ? segment.text
      : segment.kind === "param"
      ? `:${segment.name}`
      : `:${segment.name}{.+}`
  );
  return `/${segments.join("/")}`;
}
