import type { Config } from "@/services/config/mod.ts";
import { Certificates } from "@/services/network/certificates.ts";
import { isLoopback } from "@/services/network/addresses.ts";
import { failure, type Finding, ok, warning } from "./finding.ts";
import { findServer } from "./server.ts";

const DAY = 24 * 3600 * 1000;
/** Time enough to renew a certificate by hand. */
const SOON = 14 * DAY;

/** Whether this server could listen there; one that runs on this data folder does so already. */
export async function lookAtPort(config: Config): Promise<Finding[]> {
  const { hostname, port } = config.listen;
  const where = `${hostname} port ${port}`;
  try {
    Deno.listen({ hostname, port }).close();
    return [ok("port", `${where} is free`)];
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return [await taken(where, config)];
    const says = `cannot listen on ${where}: ${(error as Error).message}`;
    if (error instanceof Deno.errors.PermissionDenied) {
      return [failure("port", says, "choose one above 1023: --listen HOST:PORT")];
    }
    return [failure("port", says, "ip address shows this machine's: --listen ADDRESS:PORT")];
  }
}

async function taken(where: string, config: Config): Promise<Finding> {
  const server = await findServer(config);
  if (server === "here") return ok("port", `${where} is taken, and a virtglass server runs`);
  return failure(
    "port",
    // With a server on this folder it may be that one, and hang.
    server === "none"
      ? `${where} is taken by another program`
      : `${where} is taken, and not by what answers as virtglass does`,
    `ss -ltnp 'sport = :${config.listen.port}' names it; or choose another port with --listen HOST:PORT`,
  );
}

/** What clients would get to see; a certificate that virtglass makes itself it also renews. */
export async function lookAtCertificate(config: Config): Promise<Finding[]> {
  const { tls, tlsCert, listen, trustedProxies } = config;
  if (tlsCert !== undefined) return [await given(config, tlsCert)];
  if (tls === "on" || (tls === "auto" && !isLoopback(listen.hostname))) {
    return [
      warning(
        "TLS",
        "virtglass makes its own certificate, which no browser trusts by itself",
        "give one of a certificate authority: --tls-cert FILE --tls-key FILE",
      ),
    ];
  }
  const proxied = trustedProxies.length > 0;
  return [ok("TLS", proxied ? "the proxy's affair" : "none, and only this machine can connect")];
}

async function given(config: Config, file: string): Promise<Finding> {
  let expiresAt: number;
  try {
    using certificates = await Certificates.open(config);
    ({ expiresAt } = certificates.facts);
  } catch (error) {
    const remedy =
      `name a readable PEM file with the whole chain, and its key: openssl x509 -in '${file}' -noout -text`;
    return failure("certificate", (error as Error).message, remedy);
  }
  const until = new Date(expiresAt).toISOString().slice(0, 10);
  const remedy = "renew it; a server that runs takes the new files by itself";
  if (expiresAt < Date.now()) {
    return failure("certificate", `"${file}" expired on ${until}`, remedy);
  }
  if (expiresAt < Date.now() + SOON) {
    return warning("certificate", `"${file}" expires on ${until}`, remedy);
  }
  return ok("certificate", `"${file}" is good until ${until}`);
}
