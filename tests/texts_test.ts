import assert from "node:assert/strict";
import { parseSync } from "vite";
import { modulesIn } from "@/tasks/build/files.ts";
import { project } from "@/tasks/build/project.ts";
import * as de from "@/texts/de/mod.ts";
import * as en from "@/texts/en/mod.ts";

/**
 * Where no text for people may stand. Left out are the page of all components, which is for who
 * develops, and that of the API, whose words are the OpenAPI document's.
 */
const FOLDERS = ["components", "islands", "routes"];
const LEFT_OUT = /^routes\/(_components|api|ws)\/|^components\/api\//;

/** Attributes whose words nobody reads. */
const SILENT =
  /^(class|d|viewBox|key|id|name|type|rel|href|action|method|role|for|lang|points|autocomplete|preserveAspectRatio|stroke.*|fill|sizes|content|form|data-.*|formmethod|popover.*|aria-(hidden|controls|labelledby|describedby|haspopup|keyshortcuts|live|relevant|current|sort|expanded)|src|icon|kind|sign|list|tab|target|transform|step|value|media|shape-rendering|autocapitalize|enctype)$/;

/** Names that are the same in every language, and what stands in a title after the page's own. */
const NAMES = /^(virtglass|stty|xterm|Ctrl|Shift|Esc|Space|Enter|API|KiB|UTC)$/;

interface Node {
  type: string;
  [field: string]: unknown;
}

/** Two words in a row, or one that begins as a sentence does. */
const isText = (text: string) =>
  /\p{L}{2,}[,.:]? +\p{L}{2,}/u.test(text) || /^\s*\p{Lu}\p{Ll}{2,}[.…]?\s*$/u.test(text);

/** Literal texts of a module; what errors say to programs and to the log is none. */
function literals(path: string): string[] {
  const { program, errors } = parseSync(path, Deno.readTextFileSync(`${project}/${path}`));
  assert.deepEqual(errors, [], path);
  const found: string[] = [];
  const visit = (node: Node, inJSX: boolean) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
        if (node["source"]) return;
        break;
      case "ImportExpression":
      case "TSLiteralType":
        return;
      case "NewExpression":
        if (/Error$/.test((node["callee"] as Node)["name"] as string)) return;
        break;
      case "CallExpression":
        // log.error("...") and the like.
        if (((node["callee"] as Node)["object"] as Node | undefined)?.["name"] === "log") return;
        break;
      case "JSXAttribute": {
        const { name } = node["name"] as unknown as { name: string };
        if (typeof name === "string" && SILENT.test(name)) return;
        break;
      }
      case "JSXText": {
        const text = (node["value"] as string).trim();
        if (/\p{L}{2,}/u.test(text) && !NAMES.test(text)) found.push(text);
        return;
      }
      case "Literal":
        if (
          typeof node["value"] === "string" && isText(node["value"]) && !NAMES.test(node["value"])
        ) {
          found.push(node["value"]);
        }
        return;
      case "TemplateElement": {
        const { cooked } = node["value"] as { cooked: string };
        if (isText(cooked)) found.push(cooked);
        return;
      }
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (child && typeof child === "object" && "type" in child) visit(child as Node, inJSX);
      }
    }
  };
  visit(program as unknown as Node, false);
  return found;
}

/** Literals that look like texts, and why they are none. */
const NO_TEXTS: Record<string, readonly string[]> = {};

Deno.test("no text for people stands outside of texts/", () => {
  const found: Record<string, string[]> = {};
  for (const folder of FOLDERS) {
    for (const file of modulesIn(`${project}/${folder}`)) {
      const path = `${folder}/${file}`;
      if (LEFT_OUT.test(path)) continue;
      const texts = literals(path).filter((text) => !NO_TEXTS[path]?.includes(text));
      if (texts.length > 0) found[path] = texts;
    }
  }
  assert.deepEqual(found, {});
});
