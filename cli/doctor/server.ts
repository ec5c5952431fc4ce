import type { Socket } from "node:net";
import type { Config } from "@/services/config/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { isWildcard, plainAddress } from "@/services/network/addresses.ts";
import { speaksTLS } from "@/services/network/tls.ts";
import { isLocked } from "@/services/store/mod.ts";

/** Milliseconds that it may take: a server that is only busy is there in a fraction of them. */
const DEADLINE = 2_000;
/** Characters that are read of an answer; virtglass's own are shorter, with their headers. */
const LONGEST = 8_192;

/** As `routes/healthz.ts` says it, or as a server does that does not want to be asked from here. */
const ANSWER = /^HTTP\/1\.1 200 [^]*\r\n\r\n\{"status":"ok"\}$|"type":"urn:virtglass:error:/;

/**
 * Whether a server holds this data folder, and answers where these settings say that it listens.
 * "none" too where the folder cannot be entered: what is wrong with it is told for itself.
 */
export async function findServer(config: Config): Promise<"none" | "elsewhere" | "here"> {
  try {
    if (!isLocked(config.dataDir)) return "none";
  } catch (error) {
    if (error instanceof GlassError) return "none";
    throw error;
  }
  return await answers(config) ? "here" : "elsewhere";
}

async function answers(config: Config): Promise<boolean> {
  const { port } = config.listen;
  const host = reachable(config.listen.hostname);
  const socket = await connect(host, port, speaksTLS(config));
  const deadline = setTimeout(() => socket.destroy(new Error("no answer")), DEADLINE);
  try {
    const name = host.includes(":") ? `[${host}]` : host;
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${name}:${port}\r\nConnection: close\r\n\r\n`);
    let text = "";
    for await (const chunk of socket.setEncoding("utf8")) {
      text += chunk;
      if (ANSWER.test(text)) return true;
      if (text.length > LONGEST) return false;
    }
    return false;
  } catch {
    // Nobody listens there, or somebody who speaks another language.
    return false;
  } finally {
    clearTimeout(deadline);
    socket.destroy();
  }
}

/** Where a client on this machine finds who listens there. */
function reachable(hostname: string): string {
  const address = plainAddress(hostname);
  if (!isWildcard(address)) return address;
  return address === "::" ? "::1" : "127.0.0.1";
}

/**
 * By Node's sockets, since `fetch` takes no certificate that nobody vouches for, or that is for another
 * name; node:https does so from Deno 2.7 on. Nothing secret is said, and nothing is believed but that it
 * is there.
 */
async function connect(host: string, port: number, tls: boolean): Promise<Socket> {
  if (!tls) return (await import("node:net")).connect({ host, port });
  return (await import("node:tls")).connect({ host, port, rejectUnauthorized: false });
}
