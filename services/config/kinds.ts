import { family } from "../network/addresses.ts";
import * as z from "./zod.ts";

/**
 * What the value of a setting may be. Its schema is made when a value is given: all of them would take
 * a server as long as its first page, and hardly any is. For the same reason it is one `z.transform`,
 * whatever the kind: each other class of zod takes a start as long as a dozen settings.
 */
export interface Kind<Value> {
  /** What it looks like, for the help: "FILE", or words to choose from, "json|pretty". */
  value: string;
  /** What a number may be, in words; null for what is none. */
  range: string | null;
  /** @param key the setting's, for what is wrong with a value */
  schema(key: string): z.ZodMiniType<Value>;
}

/** What is wrong with a value, in words that follow where it stands. */
class Wrong {
  constructor(readonly message: string) {}
}

/** The value of what was given: of the file as TOML has it, of flags and variables a text. */
type Read<Value> = (given: unknown, key: string) => Value | Wrong;

const kind = <Value>(
  value: string,
  read: Read<Value>,
  range: string | null = null,
): Kind<Value> & { read: Read<Value> } => ({
  value,
  range,
  read,
  schema: (key) =>
    z.transform((input: unknown, { issues }) => {
      const value = read(input, key);
      if (!(value instanceof Wrong)) return value;
      issues.push({ code: "custom", input, message: value.message });
      return z.NEVER;
    }),
});

/** Any text but an empty one. */
export const text = (value: string) =>
  kind(value, (given) => {
    if (typeof given !== "string") return new Wrong("is not a text");
    return given === "" ? new Wrong("is empty") : given;
  });

/** One of these words. */
export const word = <Word extends string>(...words: Word[]) =>
  kind(
    words.join("|"),
    (given) => words.find((word) => word === given) ?? new Wrong(`is ${inWords(words)}`),
  );

const inWords = (words: string[]) => words.join(", ").replace(/, ([^,]+)$/, " or $1");

export const yesOrNo = kind("true|false", (given) => {
  if (typeof given === "boolean") return given;
  if (given === "true") return true;
  return given === "false" ? false : new Wrong("is true or false");
});

/** Where to listen. Port 0 lets the system choose one. */
export interface Address {
  hostname: string;
  port: number;
}

const ADDRESS = /^(?:\[(?<six>[0-9A-Fa-f:.]+)\]|(?<host>[^\s:[\]/]+)):(?<port>\d{1,5})$/;

export const address = kind<Address>("HOST:PORT", (given) => {
  if (typeof given !== "string") return new Wrong("is not a text");
  const { six, host, port } = ADDRESS.exec(given)?.groups ?? {};
  const hostname = six ?? host;
  if (hostname !== undefined && Number(port) <= 65535) return { hostname, port: Number(port) };
  return new Wrong(`"${given}" is not HOST:PORT, such as 127.0.0.1:8480 or [::1]:8480`);
});

/** `Number` would take "" for 0. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

function number(given: unknown, what: string): number | Wrong {
  if (typeof given === "number" && Number.isFinite(given)) return given;
  if (typeof given === "string" && DECIMAL.test(given)) return Number(given);
  return new Wrong(`is not a ${what}`);
}

/** A number from `least` to `most`. */
const between = (unit: string, value: string, least: number, most: number) =>
  kind(value, (given, key) => {
    const read = number(given, `number of ${unit}`);
    if (read instanceof Wrong || (read >= least && read <= most)) return read;
    return new Wrong(`${key} is ${least} to ${most} ${unit}`);
  }, `${least} to ${most} ${unit}`);

export const seconds = (most: number, least = 0) => between("seconds", "S", least, most);
export const days = (least: number) => between("days", "DAYS", least, 36_500);

/** More bytes than a disk has. */
const ANY = 2 ** 50;

/** Whole ones: half a byte is nothing that could be kept or counted. */
export function bytes(least: number, most = ANY) {
  const { value, range, read } = between("bytes", "BYTES", least, most);
  return kind(value, (given, key) => {
    const bytes = read(given, key);
    if (bytes instanceof Wrong || Number.isInteger(bytes)) return bytes;
    return new Wrong(`${key} is a whole number of bytes`);
  }, most === ANY ? `${least} or more` : range);
}

const MOST = 1_000_000_000;

/** How many of something. */
export const count = kind("N", (given, key) => {
  const read = number(given, "whole number");
  if (read instanceof Wrong || (Number.isInteger(read) && read >= 1 && read <= MOST)) return read;
  return new Wrong(`${key} is a whole number from 1 to ${MOST}`);
}, "1 or more");

/** A list, or a text with commas between. */
function listed(given: unknown): string[] | Wrong {
  if (typeof given === "string") return given.split(",").map((item) => item.trim()).filter(Boolean);
  const list = Array.isArray(given) && given.every((item) => typeof item === "string");
  return list ? given : new Wrong("is not a list");
}

const HOST_NAME = /^[A-Za-z\d_]([A-Za-z\d_.-]*[A-Za-z\d_])?$|^[\da-fA-F:]+$/;

export const hostNames = kind("NAME,...", (given) => {
  const names = listed(given);
  if (names instanceof Wrong) return names;
  if (names.every((name) => HOST_NAME.test(name))) return names.map((name) => name.toLowerCase());
  return new Wrong("are names such as vms.example.org, without a scheme or a port");
});

export const subnets = kind("ADDRESS,...", (given) => {
  const items = listed(given);
  if (items instanceof Wrong || items.every(isSubnet)) return items;
  return new Wrong("are addresses or subnets such as 10.0.0.5 or 10.0.0.0/8");
});

function isSubnet(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = family(address);
  if (version === null || rest.length > 0) return false;
  return bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === "ipv4" ? 32 : 128));
}
