import assert from "node:assert/strict";
import { lookCookie, lookOf, readLook } from "@/routes/(_shared)/look.ts";

const asked = (cookie: string) => readLook(new Request("http://glass/", { headers: { cookie } }));

Deno.test("readLook reads what lookCookie wrote, among other cookies", () => {
  const look = { theme: "dark", density: "dense" } as const;
  const [pair] = lookCookie(look).split(";");
  assert.deepEqual(asked(`virtglass=secret; ${pair}; other=1`), look);
});

Deno.test("readLook takes what it does not know for no choice", () => {
  const usual = { theme: "system", density: "roomy" };
  for (const cookie of ["", "virtglass-look=", "virtglass-look=pink.tiny", "x=dark.dense"]) {
    assert.deepEqual(asked(cookie), usual, cookie);
  }
  assert.deepEqual(readLook(new Request("http://glass/")), usual);
  assert.deepEqual(lookOf("constructor", null), usual);
});
