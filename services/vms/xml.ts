import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";

/** Elements that may stand several times are always lists. */
const LISTS = new Set([
  ...["interface", "disk", "console", "serial", "graphics", "video", "channel", "hostdev"],
  ...["boot", "tpm", "rng", "watchdog", "filesystem"],
]);

/** A parsed element: attributes as "@name", text alone as a string, children by name. */
export type Element = { [name: string]: Element | Element[] | string | undefined };

/** The document, its root element by its name. @throws XmlError */
export function parseXML(xml: string): Element {
  const { root } = parseXml(xml);
  return root === null ? {} : { [root.name]: elementOf(root) };
}

function elementOf({ attributes, children }: XmlElement): Element | string {
  // Names come from outside: none of them is a prototype's.
  const element: Element = Object.create(null);
  for (const [name, value] of Object.entries(attributes)) element[`@${name}`] = value;
  let text = "";
  for (const node of children) {
    if (node instanceof XmlText) text += node.text;
    else if (node instanceof XmlElement) add(element, node.name, elementOf(node));
  }
  text = text.trim();
  if (Object.keys(element).length === 0) return text;
  if (text !== "") element["#text"] = text;
  return element;
}

/** Of elements that stand several times and are no list, the last one counts. */
function add(element: Element, name: string, value: Element | string): void {
  if (!LISTS.has(name)) element[name] = value;
  else (element[name] as (Element | string)[] | undefined ?? (element[name] = [])).push(value);
}

/** The one child of this name. */
export const child = (element: Element | undefined, name: string): Element | undefined => {
  const value = element?.[name];
  return typeof value === "object" && !Array.isArray(value) ? value : undefined;
};
/** All children of a name that may stand several times. */
export const children = (element: Element | undefined, name: string): Element[] => {
  const value = element?.[name];
  return Array.isArray(value) ? value : [];
};
/** An attribute, or the text of a child that holds nothing else. */
export const text = (element: Element | undefined, name: string): string | null => {
  const value = element?.[name];
  return typeof value === "string" && value !== "" ? value : null;
};
