import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWT of any header and payload, signed by hand rather than by the library under test. */
export function jwt(header: unknown, payload: unknown, key: Uint8Array, hash = "sha256"): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac(hash, key).update(text).digest("base64url")}`;
}

interface Options {
  kid: string;
  key: Uint8Array;
  aud: "api" | "ws";
  sid?: string;
  sub?: string;
  /** Further claims that must be there. */
  more?: Record<string, string>;
}

/** A token that is right, and by what is wrong with each, everything that somebody might make of it. */
export function tokenMutations(
  { kid, key, aud, sid = "session", sub = "alice", more = {} }: Options,
): { good: string; mutations: Record<string, string> } {
  const header = { alg: "HS256", typ: "JWT", kid };
  const now = Math.floor(Date.now() / 1000);
  const payload: Record<string, unknown> = {
    ...{ sub, iss: "virtglass", aud, iat: now, exp: now + 60, sid },
    ...more,
  };
  const good = jwt(header, payload, key);
  const [head = "", body = "", signature = ""] = good.split(".");
  const signed = (changes: Record<string, unknown>) => jwt(header, { ...payload, ...changes }, key);
  const headed = (changes: Record<string, unknown>, hash?: string) =>
    jwt({ ...header, ...changes }, payload, key, hash);
  const mutations: Record<string, string> = {
    "alg none": `${part({ ...header, alg: "none" })}.${body}.`,
    "alg none with a signature": headed({ alg: "none" }),
    "alg NONE": headed({ alg: "NONE" }),
    "alg hs256": headed({ alg: "hs256" }),
    "alg HS384": headed({ alg: "HS384" }, "sha384"),
    "alg HS512": headed({ alg: "HS512" }, "sha512"),
    "alg RS256 over the same bytes": headed({ alg: "RS256" }),
    "no alg": jwt({ typ: "JWT", kid }, payload, key),
    "no kid": jwt({ alg: "HS256", typ: "JWT" }, payload, key),
    "another kid": headed({ kid: "AAAAAAAAAAAA" }),
    "a kid that is a path": headed({ kid: "../../../../dev/null" }),
    "a kid that is a number": headed({ kid: 7 }),
    "an unknown critical header": headed({ crit: ["x"], x: 1 }),
    "signed with a key in its header": jwt(
      { ...header, jwk: { kty: "oct", k: "AAAA" } },
      payload,
      new Uint8Array(3),
    ),
    "another key": jwt(header, payload, new Uint8Array(32)),
    "an empty key": jwt(header, payload, new Uint8Array(0)),
    "the key as text": jwt(
      header,
      payload,
      new TextEncoder().encode(Buffer.from(key).toString("hex")),
    ),
    "another audience": signed({ aud: "web" }),
    "an audience that is a prefix": signed({ aud: aud.slice(0, 1) }),
    "an empty list of audiences": signed({ aud: [] }),
    "another issuer": signed({ iss: "evil" }),
    "expired": signed({ exp: now - 1 }),
    "expired now": signed({ exp: now }),
    "an exp that is text": signed({ exp: "tomorrow" }),
    "an exp that is null": signed({ exp: null }),
    "an iat that is text": signed({ iat: "today" }),
    "not yet valid": signed({ nbf: now + 600 }),
    "a session that is a number": signed({ sid: 7 }),
    "a session that is a list": signed({ sid: [sid] }),
    "a payload that is a list": jwt(header, [payload], key),
    "a payload that is null": jwt(header, null, key),
    "another payload under the signature": `${head}.${
      part({ ...payload, sid: "other" })
    }.${signature}`,
    "another header under the signature": `${part({ ...header, x: 1 })}.${body}.${signature}`,
    "no signature": `${head}.${body}.`,
    "no signature and no dot": `${head}.${body}`,
    "a cut signature": good.slice(0, -1),
    "a longer signature": `${good}AA`,
    "a cut payload": `${head}.${body.slice(0, -1)}.${signature}`,
    "a fourth part": `${good}.${signature}`,
    "five parts, as of an encrypted one": `${good}..`,
    "a space at the end of the payload": `${head}.${body} .${signature}`,
    "padding": `${head}.${body}==.${signature}`,
    "nothing": "",
    "dots": "..",
    "words": "a.b.c",
  };
  for (const claim of ["sub", "iss", "aud", "iat", "exp", "sid", ...Object.keys(more)]) {
    const { [claim]: _, ...rest } = payload;
    mutations[`no ${claim}`] = jwt(header, rest, key);
  }
  for (const claim of Object.keys(more)) {
    mutations[`a ${claim} that is a number`] = signed({ [claim]: 7 });
  }
  return { good, mutations };
}
