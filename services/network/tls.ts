import type { Config } from "../config/mod.ts";
import { isLoopback } from "./addresses.ts";
import type { Certificates } from "./certificates.ts";

/** Whether a server with these settings speaks TLS, with a certificate that is given or its own. */
export function speaksTLS({ tls, tlsCert, tlsKey, listen }: Config): boolean {
  if (tls === "off") return false;
  const given = tlsCert !== undefined && tlsKey !== undefined;
  return tls !== "auto" || given || !isLoopback(listen.hostname);
}

/**
 * Null where the server speaks plain HTTP, which needs nothing of all this.
 *
 * @throws ConfigError for a certificate that cannot be used
 */
export async function openCertificates(config: Config): Promise<Certificates | null> {
  if (!speaksTLS(config)) return null;
  const { Certificates } = await import("./certificates.ts");
  return await Certificates.open(config);
}
