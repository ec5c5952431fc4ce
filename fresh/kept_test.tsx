import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { collecting } from "./collector.ts";
import { kept } from "./kept.ts";

const onPage = (draw: () => string) => collecting({ head: [], islands: [] }, draw);

let drawn = 0;

function Piece({ name, inputs }: { name: string; inputs: unknown[] }) {
  return (
    <p>
      {kept(name, inputs, () => {
        drawn++;
        return <b class="x">{`${name} <${String(inputs[0])}>`}</b>;
      })}
    </p>
  );
}

Deno.test("kept draws a piece again when one of its inputs is another value", () => {
  const page = (...inputs: unknown[]) =>
    onPage(() => renderToString(<Piece name="kept" inputs={inputs} />));
  const before = drawn;
  assert.equal(page("one", null), '<p><b class="x">kept &lt;one></b></p>');
  assert.equal(page("one", null), '<p><b class="x">kept &lt;one></b></p>');
  assert.equal(drawn - before, 1);
  assert.equal(page("two", null), '<p><b class="x">kept &lt;two></b></p>');
  assert.equal(page("two", {}), '<p><b class="x">kept &lt;two></b></p>');
  assert.equal(page("two", {}), '<p><b class="x">kept &lt;two></b></p>', "another object");
  assert.equal(page("two"), '<p><b class="x">kept &lt;two></b></p>', "fewer of them");
  assert.equal(drawn - before, 5);
});

Deno.test("kept draws each time outside of a page", () => {
  const before = drawn;
  for (let i = 0; i < 3; i++) renderToString(<Piece name="outside" inputs={[1]} />);
  assert.equal(drawn - before, 3);
});

Deno.test("kept forgets the piece that came first when there are too many", () => {
  const draw = (name: string) => onPage(() => renderToString(<Piece name={name} inputs={[1]} />));
  const before = drawn;
  for (let i = 0; i <= 2_000; i++) draw(`many ${i}`);
  draw("many 2000");
  assert.equal(drawn - before, 2_001);
  draw("many 0");
  assert.equal(drawn - before, 2_002);
});
