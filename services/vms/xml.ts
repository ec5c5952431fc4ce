import { XMLParser } from "fast-xml-parser";

/** Elements that may stand several times are always lists. */
const LISTS = new Set([
  ...["interface", "disk", "console", "serial", "graphics", "video", "channel", "hostdev"],
  ...["boot", "tpm", "rng", "watchdog", "filesystem"],
]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  isArray: (name) => LISTS.has(name),
});

export const parseXML = (xml: string) => parser.parse(xml) as Element;

/** A parsed element: attributes as "@name", text alone as a string, children by name. */
export type Element = { [name: string]: Element | Element[] | string | undefined };

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
