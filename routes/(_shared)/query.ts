import type * as z from "zod/mini";
import { GlassError } from "@/services/errors.ts";

const MOST = 1000;

/** As forms send it. */
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** `?limit=N`: how many to list. @throws GlassError INVALID_MESSAGE */
export function limit({ searchParams }: URL, usual = 100): number {
  const value = whole(searchParams, "limit") ?? usual;
  if (value >= 1 && value <= MOST) return value;
  throw new GlassError("INVALID_MESSAGE", `limit: is a whole number from 1 to ${MOST}.`);
}

/** A parameter that counts something, undefined without it. @throws GlassError INVALID_MESSAGE */
export function whole(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new GlassError("INVALID_MESSAGE", `${name}: "${text}" is not a whole number.`);
}

/** `?before=TIME` in Unix ms, undefined without it. @throws GlassError INVALID_MESSAGE */
export function before({ searchParams }: URL): number | undefined {
  return time(searchParams, "before");
}

/** A time in Unix ms, undefined without it; without a zone it is UTC. @throws GlassError */
export function time(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const value = Date.parse(WITHOUT_ZONE.test(text) ? `${text}Z` : text);
  if (!Number.isNaN(value)) return value;
  throw new GlassError(
    "INVALID_MESSAGE",
    `${name}: "${text}" is not a time such as 2023-05-06T17:13:42Z.`,
  );
}

/** The address with this query, which may be empty. */
export function withQuery(path: string, query: string[][]): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? path : `${path}?${text}`;
}

/** The parameters of an address, validated. @throws GlassError INVALID_MESSAGE */
export function readQuery<Schema extends z.ZodMiniType>(
  { searchParams }: URL,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(Object.fromEntries(searchParams));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new GlassError("INVALID_MESSAGE", `${issue.path.join(".")}: ${issue.message}.`);
}
