import { slotHTML } from "./slots.ts";

/**
 * Island props as JSON can carry them. What JSON cannot say is written `{"$": [tag, value]}`;
 * client/revive.ts reads it back. Values that need no tag are passed on as they are, not copied:
 * a page with many VMs serialises thousands of them.
 */
export function encodeProps(
  island: { file: string; exportName: string },
  props: Record<string, unknown>,
): unknown {
  const path: string[] = [];
  try {
    return encode(props, path);
  } catch (error) {
    if (!(error instanceof NotSerializable)) throw error;
    const name = island.exportName === "default" ? island.file : island.exportName;
    throw new TypeError(
      `Island "${name}" cannot take the prop "${path.join(".")}": ` +
        `${error.message} cannot be sent to the browser`,
      { cause: error },
    );
  }
}

class NotSerializable extends Error {}

// Deeper than any props; past it the value contains itself.
const MAX_DEPTH = 100;

function encode(value: unknown, path: string[]): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : tag("number", Object.is(value, -0) ? "-0" : String(value));
    case "undefined":
      return tag("undefined");
    case "bigint":
      return tag("bigint", String(value));
    case "object":
      return value === null ? null : encodeObject(value, path);
    default:
      throw new NotSerializable(`a ${typeof value}`);
  }
}

function encodeObject(value: object, path: string[]): unknown {
  if (path.length > MAX_DEPTH) throw new NotSerializable("a value that contains itself");
  if (Array.isArray(value)) return encodeArray(value, path);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return encodePlain(value, path);
  if (value instanceof Date) return tag("date", value.getTime());
  if (value instanceof URL) return tag("url", value.href);
  if (value instanceof Map) return tag("map", encodeArray([...value].flat(), path));
  if (value instanceof Set) return tag("set", encodeArray([...value], path));
  if (value instanceof Uint8Array) return tag("bytes", base64(value));
  throw new NotSerializable(`an instance of ${value.constructor?.name || "a class"}`);
}

function encodeArray(values: unknown[], path: string[]): unknown[] {
  let result = values;
  for (let i = 0; i < values.length; i++) {
    path.push(String(i));
    const encoded = encode(values[i], path);
    path.pop();
    if (encoded === values[i] && i in values) continue;
    if (result === values) result = values.slice();
    result[i] = encoded;
  }
  return result;
}

function encodePlain(value: object, path: string[]): unknown {
  if ("constructor" in value && value.constructor === undefined) {
    const html = slotHTML(value);
    if (html !== null) return tag("slot", html);
    throw new NotSerializable("JSX within an object");
  }
  const record = value as Record<string, unknown>;
  let result = record;
  for (const key of Object.keys(record)) {
    path.push(key);
    const encoded = encode(record[key], path);
    path.pop();
    if (encoded === record[key]) continue;
    // A spread keeps an own "__proto__" as data, and so does the defined property below.
    if (result === record) result = { ...record };
    Object.defineProperty(result, key, { value: encoded, enumerable: true, writable: true });
  }
  return Object.hasOwn(record, "$") ? tag("object", Object.entries(result)) : result;
}

function tag(name: string, ...value: unknown[]): { $: unknown[] } {
  return { $: [name, ...value] };
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** JSON that may stand within a script element: nothing in it can end the script. */
export function scriptJSON(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
