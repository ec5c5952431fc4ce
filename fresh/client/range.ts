import type { ContainerNode } from "preact";

/**
 * The nodes between two comments, as a parent that Preact can render into: the island's place has
 * no element of its own.
 */
export function rangeRoot(start: Comment, end: Comment): ContainerNode {
  const parent = start.parentNode as ParentNode & Element;
  const childNodes: ChildNode[] = [];
  for (let node = start.nextSibling; node && node !== end; node = node.nextSibling) {
    childNodes.push(node);
  }
  const root = {
    nodeType: 1,
    parentNode: parent,
    namespaceURI: parent.namespaceURI,
    firstChild: childNodes[0] ?? null,
    childNodes,
    contains: (node: Node | null) => parent.contains(node),
    insertBefore: (node: Node, before: Node | null) => parent.insertBefore(node, before ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
  };
  return root as unknown as ContainerNode;
}
