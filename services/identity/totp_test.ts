import assert from "node:assert/strict";
import { toBase32 } from "./base32.ts";
import { codeAt, enrolmentURI, stepAt, stepOf } from "./totp.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
/** Of RFC 6238's appendix B. */
const SECRET = bytes("12345678901234567890");

/** RFC 6238's table has eight digits; six are their end. */
const ROWS: [seconds: number, code: string][] = [
  [59, "94287082"],
  [1111111109, "07081804"],
  [1111111111, "14050471"],
  [1234567890, "89005924"],
  [2000000000, "69279037"],
  [20000000000, "65353130"],
];
for (const [seconds, code] of ROWS) {
  Deno.test(`codeAt gives RFC 6238's code at ${seconds} s`, async () => {
    assert.equal(await codeAt(SECRET, stepAt(seconds * 1000)), code.slice(2));
  });
}

Deno.test("stepOf takes the codes of this step and of its neighbours, and no others", async () => {
  const time = 1_700_000_000_000;
  const now = stepAt(time);
  for (let off = -4; off <= 4; off++) {
    const found = await stepOf(SECRET, await codeAt(SECRET, now + off), time);
    assert.equal(found, Math.abs(off) <= 1 ? now + off : null, `${off} steps off`);
  }
  for (const wrong of ["", "000000", "94287082", (await codeAt(SECRET, now)).slice(1)]) {
    assert.equal(await stepOf(SECRET, wrong, time), null, wrong);
  }
});

/** RFC 4648's own. */
const BASE32: [text: string, base32: string][] = [
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
];
for (const [text, base32] of BASE32) {
  Deno.test(`toBase32 writes "${text}" as "${base32}"`, () => {
    assert.equal(toBase32(bytes(text)), base32);
  });
}

Deno.test("enrolmentURI is what apps read, whatever the names are", () => {
  const uri = new URL(enrolmentURI("kvm 1&x=", "a@b.c", SECRET));
  assert.equal(uri.protocol, "otpauth:");
  assert.equal(decodeURIComponent(uri.pathname.split("/").at(-1)!), "virtglass kvm 1&x=:a@b.c");
  assert.deepEqual(Object.fromEntries(uri.searchParams), {
    secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    issuer: "virtglass kvm 1&x=",
  });
  assert.ok(!uri.href.includes("+"), "apps take a plus for a plus");
});
