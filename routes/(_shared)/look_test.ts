import assert from "node:assert/strict";
import { lookCookie, lookOf, readLook } from "@/routes/(_shared)/look.ts";

const asked = (cookie: string) => readLook(new Request("http://glass/", { headers: { cookie } }));

Deno.test("readLook reads what lookCookie wrote, among other cookies", () => {
  for (const language of [null, "de"] as const) {
    const look = { theme: "dark", density: "dense", keys: "off", language } as const;
    const [pair] = lookCookie(look).split(";");
    assert.deepEqual(asked(`virtglass=secret; ${pair}; other=1`), look);
  }
});

Deno.test("readLook reads the cookies of before there was a choice of keys", () => {
  const before = { theme: "dark", density: "dense", keys: "on" };
  assert.deepEqual(asked("virtglass-look=dark.dense"), { ...before, language: null });
  assert.deepEqual(asked("virtglass-look=dark.dense.de"), { ...before, language: "de" });
});

Deno.test("readLook takes what it does not know for no choice", () => {
  const usual = { theme: "system", density: "roomy", keys: "on", language: null };
  for (const cookie of ["", "virtglass-look=", "virtglass-look=pink.tiny.xx", "x=dark.dense.de"]) {
    assert.deepEqual(asked(cookie), usual, cookie);
  }
  assert.deepEqual(readLook(new Request("http://glass/")), usual);
  assert.deepEqual(
    lookOf({ theme: "constructor", density: null, keys: 1, language: "__proto__" }),
    usual,
  );
});
