import assert from "node:assert/strict";
import { translator } from "./translator.ts";

const words = translator({
  "it is off": "sie ist aus",
  'Cannot stop VM "{}": {}': 'VM "{1}" lässt sich nicht stoppen: {2}',
  "What? {} (or {})": "{2} statt {1}",
});

Deno.test("translator knows whole sentences, and what stands in them", () => {
  assert.equal(words("it is off"), "sie ist aus");
  assert.equal(
    words('Cannot stop VM "a.b": it is off'),
    'VM "a.b" lässt sich nicht stoppen: sie ist aus',
  );
  assert.equal(words("What? this\nthat (or so)"), "so statt this\nthat");
});

Deno.test("translator leaves what it does not know", () => {
  for (const text of ["", "it is off.", "constructor", "Cannot stop VM", "Whatx this (or so)"]) {
    assert.equal(words(text), text);
  }
  // A name is no place for another text.
  assert.equal(words('Cannot stop VM "{1}": $&'), 'VM "{1}" lässt sich nicht stoppen: $&');
});
