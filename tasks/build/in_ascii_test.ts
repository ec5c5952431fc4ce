import assert from "node:assert/strict";
import { inASCII } from "./in_ascii.ts";

Deno.test("inASCII leaves a script that means the same, and has no other characters", async () => {
  const code = 'export default ["Grüße", `a–b ${"€"}`, "💾", /^[äß–💾]+$/u.test("ß–💾"), "\\\\n"]';
  const ascii = inASCII(code);
  assert.match(ascii, /^[\0-\x7f]+$/);
  const read = async (script: string) =>
    (await import(`data:text/javascript,${encodeURIComponent(script)}`)).default;
  const meant = await read(code);
  assert.equal(meant[3], true);
  assert.deepEqual(await read(ascii), meant);
});
