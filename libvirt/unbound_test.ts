import assert from "node:assert/strict";
import { symbols } from "./symbols/mod.ts";
import { eventTable, supersededEvents } from "./event_table.ts";
import { unbound, unboundSince9 } from "./unbound.ts";

const HEADERS = "/usr/include/libvirt";
const header = await readHeaders();
const ignore = header === null;
if (ignore) console.log(`skipped: symbols: no ${HEADERS} to compare with (install libvirt-dev)`);

/** All headers without comments and macros; null where there are none. */
async function readHeaders(): Promise<string | null> {
  let text = "";
  try {
    for await (const entry of Deno.readDir(HEADERS)) {
      if (entry.name.endsWith(".h")) text += await Deno.readTextFile(`${HEADERS}/${entry.name}`);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return text.replace(/\/\*[^]*?\*\//g, "").replace(/^[ \t]*#(?:.*\\\n)*.*$/gm, "");
}

const byNumber = (a: number, b: number) => a - b;

function declared(): Set<string> {
  const calls = (header ?? "").matchAll(/\b(vir(?:Connect|Domain|Stream)\w+)\s*\(/g);
  return new Set(Array.from(calls, ([, name]) => name ?? ""));
}

Deno.test({
  name: "every function of libvirt's headers is bound or listed with the reason why not",
  ignore,
  fn() {
    const functions = declared();
    assert.ok(functions.size > 250, `found only ${functions.size} functions`);
    const listed = [...Object.values(unbound).flat(), ...unboundSince9];
    const known = new Set([...Object.keys(symbols), ...listed]);
    assert.deepEqual([...functions].filter((name) => !known.has(name)), []);
  },
});

Deno.test({
  name:
    "the list of unbound functions holds nothing twice, nothing bound, nothing that is not there",
  ignore,
  fn() {
    const listed = [...Object.values(unbound).flat(), ...unboundSince9];
    assert.equal(listed.length, new Set(listed).size);
    assert.deepEqual(listed.filter((name) => name in symbols), []);
    const functions = declared();
    assert.deepEqual(Object.values(unbound).flat().filter((name) => !functions.has(name)), []);
  },
});

Deno.test({
  name: "eventTable has every domain event that libvirt 9.0 has",
  ignore,
  fn() {
    const ids = Array.from(
      (header ?? "").matchAll(/\bVIR_DOMAIN_EVENT_ID_\w+\s*=\s*(\d+)/g),
      ([, id]) => Number(id),
    );
    const known = [...eventTable.map((row) => row.id), ...supersededEvents];
    assert.deepEqual(ids.filter((id) => id <= 26).sort(byNumber), known.toSorted(byNumber));
  },
});
