import type { JSONObject } from "./document.ts";

/**
 * A JSON schema as a person reads it, a field a line:
 *
 *     name: string
 *     sample: Sample or null
 */
export function outline(schema: JSONObject, indent = ""): string {
  if (isObject(schema.properties)) {
    const required = new Set(schema.required as string[] | undefined);
    return Object.entries(schema.properties).map(([name, field]) => {
      const optional = required.has(name) ? "" : "?";
      return `${indent}${name}${optional}: ${typeOf(field as JSONObject, indent)}`;
    }).join("\n");
  }
  return `${indent}${typeOf(schema, indent)}`;
}

function typeOf(schema: JSONObject, indent: string): string {
  const { $ref, anyOf, oneOf, enum: words, const: constant, type, items, format } = schema;
  if (typeof $ref === "string") return $ref.split("/").at(-1)!;
  const several = anyOf ?? oneOf;
  if (Array.isArray(several)) {
    return several.map((one) => typeOf(one as JSONObject, indent)).join(" or ");
  }
  if (Array.isArray(words)) return words.map((word) => JSON.stringify(word)).join(" or ");
  if (constant !== undefined) return JSON.stringify(constant);
  if (type === "array") return `list of ${typeOf((items ?? {}) as JSONObject, indent)}`;
  if (isObject(schema.properties)) return `{\n${outline(schema, `${indent}  `)}\n${indent}}`;
  if (isObject(schema.additionalProperties)) {
    return `{ [name]: ${typeOf(schema.additionalProperties, indent)} }`;
  }
  if (format === "date-time") return "time";
  return Array.isArray(type) ? type.join(" or ") : String(type ?? "anything");
}

const isObject = (value: unknown): value is JSONObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
