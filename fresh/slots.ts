import { h, isValidElement, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";

/** Element around HTML that the server rendered for an island; Preact never looks into it. */
export const SLOT = "fresh-slot";

/**
 * Props with every JSX value (as a prop, or in an array as `children` are) replaced by its HTML in a
 * slot. The browser has no code for what is in it, so it takes the HTML as it is. `context` is what
 * Preact gives the component that these are the props of.
 */
export function withSlots(
  props: Record<string, unknown>,
  context: unknown,
): Record<string, unknown> {
  const slot = (vnode: VNode): VNode => {
    const __html = renderToString(vnode, context);
    return h(SLOT, { dangerouslySetInnerHTML: { __html } }) as VNode;
  };
  let result = props;
  for (const [name, value] of Object.entries(props)) {
    const filled = isValidElement(value)
      ? slot(value)
      : Array.isArray(value) && value.some(isValidElement)
      ? value.map((item) => isValidElement(item) ? slot(item) : item)
      : value;
    if (filled === value) continue;
    if (result === props) result = { ...props };
    result[name] = filled;
  }
  return result;
}

/** The HTML of a slot, or null when `value` is none. */
export function slotHTML(value: object): string | null {
  const { type, props } = value as Partial<VNode<{ dangerouslySetInnerHTML?: { __html: string } }>>;
  return type === SLOT ? props?.dangerouslySetInnerHTML?.__html ?? "" : null;
}
