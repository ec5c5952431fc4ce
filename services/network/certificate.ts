import { toBase64 } from "../base64.ts";
import { family } from "./addresses.ts";

/** Days that a certificate of ours lasts: browsers take none that lasts longer than 398. */
const LASTS = 397;
const DAY = 24 * 3600 * 1000;

/** A certificate chain with its key, both as PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** What a certificate says. */
export interface Facts {
  /** SHA-256, as browsers show it: `AB:CD:...`. */
  fingerprint: string;
  /** Unix time in ms. */
  expiresAt: number;
  /** Whether nobody but itself vouches for it. */
  selfSigned: boolean;
  /** The names and addresses that it is for. */
  names: readonly string[];
}

/** Facts of the first certificate of a chain. Throws when it is none. */
export async function readFacts(pem: string): Promise<Facts> {
  const { X509Certificate } = await import("node:crypto");
  const certificate = new X509Certificate(pem);
  const { fingerprint256, validTo, subject, issuer, subjectAltName } = certificate;
  return {
    fingerprint: fingerprint256,
    expiresAt: Date.parse(validTo),
    selfSigned: subject === issuer,
    // Deno tells them from 2.8 on; before, they are those of `allowed-hosts` alone.
    names: (subjectAltName ?? "").split(", ").map((name) => name.replace(/^[^:]*:/, ""))
      .filter(Boolean),
  };
}

/** A new key on P-256, and a certificate for these names and addresses that it signs itself. */
export async function makeSelfSigned(names: readonly string[], now: number): Promise<Certificate> {
  // In this order: the library needs what the polyfill adds.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const keys = await crypto.subtle.generateKey(
    { name: "ECDSA", namedCurve: "P-256" },
    true,
    ["sign", "verify"],
  );
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [names[0]!] }],
    // An hour of grace for clocks that are slow.
    notBefore: new Date(now - DAY / 24),
    notAfter: new Date(now + LASTS * DAY),
    keys,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({
          type: family(value) === null ? "dns" as const : "ip" as const,
          value,
        })),
      ),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return { cert: certificate.toString("pem"), key: pem("PRIVATE KEY", new Uint8Array(key)) };
}

function pem(label: string, bytes: Uint8Array): string {
  const lines = toBase64(bytes).match(/.{1,64}/g)!;
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
