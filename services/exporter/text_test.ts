import assert from "node:assert/strict";
import type { Family } from "./families.ts";
import { format } from "./text.ts";

const family = (
  value: Family<number>["value"],
  more: Partial<Family<number>> = {},
) => [{ name: "a_bytes", type: "gauge" as const, help: "What it is.", value, ...more }];

Deno.test("format writes each family once, with its values by their labels", () => {
  const subjects = [{ labels: { domain: "web1" }, subject: 1 }, { labels: {}, subject: 2.5e9 }];
  assert.equal(
    format(family((value) => value), subjects),
    '# HELP a_bytes What it is.\n# TYPE a_bytes gauge\na_bytes{domain="web1"} 1\na_bytes 2500000000\n',
  );
});

Deno.test("format leaves out values that are not known, and families that have none", () => {
  const subjects = [{ labels: {}, subject: 1 }, { labels: { n: "2" }, subject: 2 }];
  assert.equal(format(family(() => null), subjects), "");
  assert.match(
    format(family((n) => n === 1 ? undefined : 0), subjects),
    /gauge\na_bytes{n="2"} 0\n$/,
  );
});

Deno.test("format escapes labels, and adds those of the family", () => {
  const [first] = family(() => 1, { labels: () => ({ b: "2" }) });
  const text = format([first!], [{ labels: { name: 'a\\"\n{b}' }, subject: 0 }]);
  assert.match(text, /\na_bytes{name="a\\\\\\"\\n{b}",b="2"} 1\n$/);
});
