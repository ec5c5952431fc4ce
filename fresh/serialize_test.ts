import assert from "node:assert/strict";
import { h } from "preact";
import { revive } from "./client/revive.ts";
import { values } from "./fixtures/site/values.ts";
import { encodeProps, scriptJSON } from "./serialize.ts";

const island = { file: "Chart", exportName: "default" };
const through = (props: Record<string, unknown>) =>
  revive(JSON.parse(scriptJSON(encodeProps(island, props))));

Deno.test("encodeProps and revive carry every kind of value", () => {
  assert.deepEqual(through(values), values);
  assert.ok(Object.hasOwn(through({ missing: undefined }) as object, "missing"));
});

Deno.test("encodeProps carries invalid dates and holes as what they read as", () => {
  const { date, holes } = through({ date: new Date(NaN), holes: [1, , 3] }) as {
    date: Date;
    holes: unknown[];
  };
  assert.ok(Number.isNaN(date.getTime()));
  assert.deepEqual(holes, [1, undefined, 3]);
});

Deno.test("encodeProps keeps a key named __proto__ as data", () => {
  const props = JSON.parse('{"a": {"__proto__": {"evil": true}, "b": null}}');
  const revived = through({ ...props, c: new Date(0) }) as { a: { evil?: boolean } };
  assert.equal(revived.a.evil, undefined);
  assert.deepEqual(Object.keys(revived.a), ["__proto__", "b"]);
});

Deno.test("encodeProps does not copy what JSON can carry as it is", () => {
  const props = { vms: [{ name: "a", sample: null }] };
  assert.equal(encodeProps(island, props), props);
});

Deno.test("encodeProps leaves the props as they were", () => {
  const props = { list: [new Date(0)], deep: { date: new Date(0) } };
  encodeProps(island, props);
  assert.deepEqual(props, { list: [new Date(0)], deep: { date: new Date(0) } });
});

Deno.test("encodeProps names island and prop when something cannot be sent", () => {
  class Secret {}
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const table: [Record<string, unknown>, RegExp][] = [
    [{ onClick: () => {} }, /^Island "Chart" cannot take the prop "onClick": a function /],
    [{ a: [{ b: Symbol("s") }] }, /the prop "a\.0\.b": a symbol /],
    [{ a: [0, new Secret()] }, /the prop "a\.1": an instance of Secret /],
    [{ a: Promise.resolve() }, /an instance of Promise /],
    [{ a: { b: h("p", null) } }, /the prop "a\.b": JSX within an object /],
    [{ circular }, /a value that contains itself/],
  ];
  for (const [props, message] of table) {
    assert.throws(() => encodeProps(island, props), { name: "TypeError", message });
  }
  assert.throws(
    () => encodeProps({ file: "Chart", exportName: "Legend" }, { f: assert }),
    /^TypeError: Island "Legend"/,
  );
});

Deno.test("scriptJSON cannot end the script element it stands in", () => {
  const text = "</script><!--<script>\u2028";
  const json = scriptJSON([text]);
  assert.doesNotMatch(json, /</);
  assert.deepEqual(JSON.parse(json), [text]);
});
