import { family } from "../network/addresses.ts";
import * as z from "./zod.ts";

/**
 * What the value of a setting may be. Its schema is made when a value is given: all of them would take
 * a server as long as its first page, and hardly any is.
 */
export interface Kind<Value> {
  /** What it looks like, for the help: "FILE", or words to choose from, "json|pretty". */
  value: string;
  /** What a number may be, in words; null for what is none. */
  range: string | null;
  /** @param key the setting's, for what is wrong with a value */
  schema(key: string): z.ZodMiniType<Value>;
}

const kind = <Value>(value: string, schema: Kind<Value>["schema"]): Kind<Value> => ({
  value,
  range: null,
  schema,
});

const NO_TEXT = { error: "is not a text" };

/** Any text but an empty one. */
export const text = (value: string) =>
  kind(value, () => z.string(NO_TEXT).check(z.minLength(1, { error: "is empty" })));

/** One of these words. */
export const word = <Word extends string>(...words: Word[]): Kind<Word> =>
  kind(words.join("|"), () => z.enum(words, { error: `is ${inWords(words)}` }));

const inWords = (words: string[]) => words.join(", ").replace(/, ([^,]+)$/, " or $1");

/**
 * What the file has as a value of its own, and flags and variables as a text.
 *
 * @param read the value of a text; undefined when it says none
 */
const written = <Value>(read: (text: string) => Value | undefined, schema: z.ZodMiniType<Value>) =>
  z.pipe(
    z.transform((given: unknown) => typeof given === "string" ? read(given) : given),
    schema as z.ZodMiniType<Value, unknown>,
  );

const WORDS: Record<string, boolean> = { true: true, false: false };

export const yesOrNo = kind(
  "true|false",
  () => written((text) => WORDS[text], z.boolean("is true or false")),
);

/** Where to listen. Port 0 lets the system choose one. */
export interface Address {
  hostname: string;
  port: number;
}

const ADDRESS = /^(?:\[(?<six>[0-9A-Fa-f:.]+)\]|(?<host>[^\s:[\]/]+)):(?<port>\d{1,5})$/;

export const address = kind("HOST:PORT", () =>
  z.pipe(
    z.string(NO_TEXT),
    z.transform((text: string, { issues }): Address => {
      const { six, host, port } = ADDRESS.exec(text)?.groups ?? {};
      const hostname = six ?? host;
      if (hostname !== undefined && Number(port) <= 65535) return { hostname, port: Number(port) };
      const message = `"${text}" is not HOST:PORT, such as 127.0.0.1:8480 or [::1]:8480`;
      issues.push({ code: "custom", input: text, message });
      return z.NEVER;
    }),
  ));

/** `Number` would take "" for 0. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

const number = (what: string, ...checks: Parameters<z.ZodMiniNumber["check"]>) =>
  written(
    (text) => DECIMAL.test(text) ? Number(text) : undefined,
    z.number(`is not a ${what}`).check(...checks),
  );

/** A number from `least` to `most`. */
const between = (unit: string, value: string, least: number, most: number): Kind<number> => ({
  value,
  range: `${least} to ${most} ${unit}`,
  schema: (key) =>
    number(
      `number of ${unit}`,
      z.refine((value) => value >= least && value <= most, {
        error: `${key} is ${least} to ${most} ${unit}`,
      }),
    ),
});

export const seconds = (most: number, least = 0) => between("seconds", "S", least, most);
export const days = (least: number) => between("days", "DAYS", least, 36_500);

/** More bytes than a disk has. */
const ANY = 2 ** 50;

/** Whole ones: half a byte is nothing that could be kept or counted. */
export function bytes(least: number, most = ANY): Kind<number> {
  const { schema, ...rest } = between("bytes", "BYTES", least, most);
  return {
    ...rest,
    ...(most === ANY ? { range: `${least} or more` } : {}),
    schema: (key) =>
      schema(key).check(
        z.refine(Number.isInteger, { error: `${key} is a whole number of bytes` }),
      ),
  };
}

const MOST = 1_000_000_000;

/** How many of something. */
export const count: Kind<number> = {
  value: "N",
  range: "1 or more",
  schema: (key) =>
    number(
      "whole number",
      z.refine((value) => Number.isInteger(value) && value >= 1 && value <= MOST, {
        error: `${key} is a whole number from 1 to ${MOST}`,
      }),
    ),
};

/** A list, or a text with commas between. */
const listed = (...checks: Parameters<z.ZodMiniArray<z.ZodMiniString>["check"]>) =>
  written(
    (text) => text.split(",").map((item) => item.trim()).filter(Boolean),
    z.array(z.string("is not a list"), "is not a list").check(...checks),
  );

const HOST_NAME = /^[A-Za-z\d_]([A-Za-z\d_.-]*[A-Za-z\d_])?$|^[\da-fA-F:]+$/;

export const hostNames = kind("NAME,...", () =>
  z.pipe(
    listed(z.refine((names) => names.every((name) => HOST_NAME.test(name)), {
      error: "are names such as vms.example.org, without a scheme or a port",
    })),
    z.transform((names: string[]) => names.map((name) => name.toLowerCase())),
  ));

export const subnets = kind(
  "ADDRESS,...",
  () =>
    listed(z.refine((items) => items.every(isSubnet), {
      error: "are addresses or subnets such as 10.0.0.5 or 10.0.0.0/8",
    })),
);

function isSubnet(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = family(address);
  if (version === null || rest.length > 0) return false;
  return bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === "ipv4" ? 32 : 128));
}
