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
  try {
    return encode(props, 0);
  } catch (error) {
    if (!(error instanceof NotSerializable)) throw error;
    const name = island.exportName === "default" ? island.file : island.exportName;
    throw new TypeError(
      `Island "${name}" cannot take the prop "${error.path.join(".")}": ` +
        `${error.message} cannot be sent to the browser`,
      { cause: error },
    );
  }
}

class NotSerializable extends Error {
  /** Keys that lead to the value; put together on the way out, so that good values cost nothing. */
  readonly path: string[] = [];

  static within(key: string | number, error: unknown): unknown {
    if (error instanceof NotSerializable) error.path.unshift(String(key));
    return error;
  }
}

// Deeper than any props; past it the value contains itself.
const MAX_DEPTH = 100;

/** Most values by far: what JSON says as it is, and holds nothing else. */
function isPlain(value: unknown): boolean {
  const type = typeof value;
  return type === "string" || value === null || type === "boolean" ||
    type === "number" && value !== 0 && Number.isFinite(value);
}

function encode(value: unknown, depth: number): unknown {
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
    case "object":
      return value === null ? null : encodeObject(value, depth);
    default:
      throw new NotSerializable(`a ${typeof value}`);
  }
}

function encodeObject(value: object, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new NotSerializable("a value that contains itself");
  if (Array.isArray(value)) return encodeArray(value, depth + 1);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return encodePlain(value, depth + 1);
  if (value instanceof Date) return tag("date", value.getTime());
  throw new NotSerializable(`an instance of ${value.constructor?.name || "a class"}`);
}

function encodeArray(values: unknown[], depth: number): unknown[] {
  let result = values;
  let i = 0;
  try {
    for (; i < values.length; i++) {
      if (isPlain(values[i])) continue;
      const encoded = encode(values[i], depth);
      if (encoded === values[i]) continue;
      if (result === values) result = values.slice();
      result[i] = encoded;
    }
  } catch (error) {
    throw NotSerializable.within(i, error);
  }
  return result;
}

function encodePlain(value: object, depth: number): unknown {
  if ("constructor" in value && value.constructor === undefined) {
    const html = slotHTML(value);
    if (html !== null) return tag("slot", html);
    throw new NotSerializable("JSX within an object");
  }
  const record = value as Record<string, unknown>;
  let result = record;
  let key = "";
  try {
    for (key in record) {
      const each = record[key];
      if (isPlain(each)) continue;
      const encoded = encode(each, depth);
      if (encoded === each) continue;
      // A spread keeps an own "__proto__" as data, and so does the defined property below.
      if (result === record) result = { ...record };
      Object.defineProperty(result, key, { value: encoded, enumerable: true, writable: true });
    }
  } catch (error) {
    throw NotSerializable.within(key, error);
  }
  return Object.hasOwn(record, "$") ? tag("object", Object.entries(result)) : result;
}

function tag(name: string, ...value: unknown[]): { $: unknown[] } {
  return { $: [name, ...value] };
}

/** JSON that may stand within a script element: nothing in it can end the script. */
export function scriptJSON(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
