import { Fragment, toChildArray, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";

/**
 * The HTML of a head with these elements at its end. Of elements that say the same, the last one
 * counts; a title or a named `<meta>` takes the place of the one in `html`.
 */
export function mergeHead(html: string, vnodes: VNode[]): string {
  if (vnodes.length === 0) return html;
  const elements = byIdentity(vnodes);
  let head = html;
  for (const id of elements.keys()) {
    const [kind, name = ""] = id.split(" ");
    if (kind === "title") head = head.replace(/<title>[^<]*<\/title>/, "");
    if (kind === "meta" && /^[\w:.-]+$/.test(name)) {
      head = head.replace(new RegExp(`<meta [^>]*name="${name}"[^>]*>`), "");
    }
  }
  return head + [...elements.values()].join("");
}

function byIdentity(vnodes: VNode[], found = new Map<string, string>()): Map<string, string> {
  for (const vnode of vnodes) {
    if (vnode.type === Fragment) {
      const children = toChildArray(vnode.props.children);
      byIdentity(children.filter((child): child is VNode => typeof child === "object"), found);
    } else {
      found.set(identity(vnode) ?? `other ${found.size}`, renderToString(vnode));
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
