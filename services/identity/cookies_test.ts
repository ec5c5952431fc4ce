import assert from "node:assert/strict";
import { clearedCookie, readSessionCookie, sessionCookie } from "./cookies.ts";

const request = (url: string, cookie?: string) =>
  new Request(url, cookie === undefined ? {} : { headers: { cookie } });
const PLAIN = "http://127.0.0.1:8480/";
const SECURE = "https://kvm1.example/";

Deno.test("sessionCookie binds the cookie to host and TLS", () => {
  assert.equal(
    sessionCookie(request(SECURE), "s3cret", 86_400),
    "__Host-virtglass=s3cret; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict; Secure",
  );
});

Deno.test("sessionCookie does without the prefix where there is no TLS", () => {
  assert.equal(
    sessionCookie(request(PLAIN), "s3cret", 60),
    "virtglass=s3cret; Path=/; Max-Age=60; HttpOnly; SameSite=Strict",
  );
});

Deno.test("clearedCookie empties the cookie at once, under the same name", () => {
  assert.match(
    clearedCookie(request(SECURE)),
    /^__Host-virtglass=; Path=\/; Max-Age=0;.*; Secure$/,
  );
  assert.match(clearedCookie(request(PLAIN)), /^virtglass=; Path=\/; Max-Age=0;/);
});

const READS: [what: string, url: string, cookie: string | undefined, secret: string | null][] = [
  ["its cookie among others", PLAIN, "a=1; virtglass=s3cret; b=2", "s3cret"],
  ["its cookie without spaces", PLAIN, "a=1;virtglass=s3cret", "s3cret"],
  ["its cookie over TLS", SECURE, "__Host-virtglass=s3cret", "s3cret"],
  ["the first of two", PLAIN, "virtglass=one; virtglass=two", "one"],
  ["a value with an equals sign", PLAIN, "virtglass=a=b", "a=b"],
  ["no cookie header", PLAIN, undefined, null],
  ["other cookies only", PLAIN, "a=1; b=2", null],
  ["an empty cookie", PLAIN, "virtglass=", null],
  ["a name that only ends alike", PLAIN, "evil-virtglass=s3cret", null],
  ["a name that only begins alike", PLAIN, "virtglass2=s3cret", null],
  ["the plain name over TLS, where any site of the domain may set it", SECURE, "virtglass=x", null],
  ["the bound name without TLS", PLAIN, "__Host-virtglass=x", null],
];
for (const [what, url, cookie, secret] of READS) {
  Deno.test(`readSessionCookie: ${what} gives ${secret ?? "nothing"}`, () => {
    assert.equal(readSessionCookie(request(url, cookie)), secret);
  });
}
