/** A file in routes/ as an address: `vms/[name]/index.tsx` answers `/vms/:name`. */
export interface RoutePattern {
  /** As `ctx.route` shows it, e.g. `/docs{/:version}?` or `/old/:path*`. */
  pattern: string;
  /** What it matches, as a list of plain patterns, e.g. `/docs` and `/docs/:version`. */
  variants: Variant[];
}

export type Variant = Segment[];
export type Segment =
  | { kind: "literal"; text: string }
  | { kind: "param"; name: string }
  | { kind: "rest"; name: string };

/** What a path has that is more than names. */
const MARKED = /[[\](){}*:]/;

/** The address of a route file, given relative to routes/. */
export function patternOf(path: string): RoutePattern {
  const address = path.replace(/\.[jt]sx?$/, "").replace(/(^|\/)index$/, "");
  const names = address === "" ? [] : address.split("/");
  // Most are: every start reads all of them.
  if (!MARKED.test(address)) {
    const variant = names.map((text): Segment => ({ kind: "literal", text }));
    return { pattern: `/${address}`, variants: [variant] };
  }

  let pattern = "";
  let variants: Variant[] = [[]];
  names.forEach((name, position) => {
    if (isGroup(name)) return;
    if (!MARKED.test(name)) {
      pattern += `/${name}`;
      variants = extend(variants, { kind: "literal", text: name });
      return;
    }
    const [, optional, rest, param] = /^\[(\[)?(\.\.\.)?([A-Za-z_]\w*)\]\]?$/.exec(name) ?? [];
    if (param === undefined) throw new Error(`routes/${path}: ${name} is not a valid name`);
    if (rest) {
      if (position < names.length - 1) throw new Error(`routes/${path}: ${name} must come last`);
      pattern += `/:${param}*`;
      variants = [...extend(variants, { kind: "rest", name: param }), ...variants];
    } else if (optional) {
      pattern += `{/:${param}}?`;
      variants = [...extend(variants, { kind: "param", name: param }), ...variants];
    } else {
      pattern += `/:${param}`;
      variants = extend(variants, { kind: "param", name: param });
    }
  });
  return { pattern: pattern || "/", variants };
}

/** A pattern as `App.get` takes it: literals, `:name`, and `:name*` or `*` at the end. */
export function parsePattern(pattern: string): RoutePattern {
  const names = pattern.split("/").slice(1).filter((name) => name !== "");
  const files = names.map((name) =>
    name === "*"
      ? "[...rest]"
      : name.startsWith(":")
      ? name.endsWith("*") ? `[...${name.slice(1, -1)}]` : `[${name.slice(1)}]`
      : name
  );
  return { ...patternOf([...files, "index"].join("/")), pattern };
}

function extend(variants: Variant[], segment: Segment): Variant[] {
  return variants.map((variant) => [...variant, segment]);
}

/** `(name)`: a folder that groups routes and is not part of their address. */
export function isGroup(name: string): boolean {
  return /^\(.*\)$/.test(name);
}

/** `(_name)`: a folder that holds no routes. */
export function isPrivate(path: string): boolean {
  return path.startsWith("(_") || path.includes("/(_");
}

const rank = { literal: 0, param: 1, rest: 2 };

/** Sorts the more specific first: literals before parameters before the rest of a path. */
export function bySpecificity(a: Variant, b: Variant): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = rank[a[i]!.kind] - rank[b[i]!.kind];
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
