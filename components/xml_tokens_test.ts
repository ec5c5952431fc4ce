import assert from "node:assert/strict";
import { xmlTokens } from "@/components/xml_tokens.ts";

const kinds = (xml: string) => xmlTokens(xml).map(({ kind, text }) => `${kind} ${text}`);

Deno.test("xmlTokens tells tags, attributes, values and text apart", () => {
  assert.deepEqual(kinds(`<vcpu current='1'>2</vcpu>`), [
    ...["mark <", "tag vcpu", "mark  ", "name current", "mark =", "value '1'", "mark >"],
    ...["text 2", "mark </", "tag vcpu", "mark >"],
  ]);
});

Deno.test("xmlTokens loses nothing, whatever it is given", () => {
  const texts = [
    "<domain type='kvm' id='3'>\n  <!-- a <b> -->\n  <name>a &lt; b</name>\n</domain>\n",
    `<test:x a="it's" b='"'/>`,
    "<?xml version='1.0'?><a/>",
    "no xml at all = 'x'",
    "a < b <",
    "",
  ];
  for (const text of texts) {
    const back = xmlTokens(text).map((token) => token.text).join("");
    assert.equal(back, text, text);
  }
});
