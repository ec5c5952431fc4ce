import { h } from "preact";

type Tagged = { $: [string, unknown] };

/** Island props from the page's JSON: the other half of serialize.ts. Changes `value` in place. */
export function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$" in value) return untag((value as Tagged).$);
  const record = value as Record<string, unknown>;
  for (const key in record) record[key] = revive(record[key]);
  return record;
}

function untag([name, raw]: [string, unknown]): unknown {
  const text = raw as string;
  if (name === "number") return Number(text);
  if (name === "date") return new Date((raw as number | null) ?? NaN);
  if (name === "slot") return h("fresh-slot", { dangerouslySetInnerHTML: { __html: text } });
  if (name === "undefined") return undefined;
  return Object.fromEntries(revive(raw) as [string, unknown][]);
}
