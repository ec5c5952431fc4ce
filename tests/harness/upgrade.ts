import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { within } from "./wait.ts";

/** Connects to `url` and asks for a WebSocket by hand; the answer is still to be read. */
export async function askUpgrade(
  url: string,
  headers: Record<string, string> = {},
): Promise<Deno.TcpConn> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${headers.Host ?? host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${crypto.getRandomValues(new Uint8Array(16)).toBase64()}`,
    ...Object.entries(headers).filter(([name]) => name !== "Host")
      .map(([name, value]) => `${name}: ${value}`),
  ];
  await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
  return connection;
}

/**
 * Asks for a WebSocket as `askUpgrade` does, since the browser's own does not say with which status it
 * was refused. Returns the status: 101 when it was accepted.
 */
export async function upgradeStatus(
  url: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const connection = await askUpgrade(url, headers);
  const reader = connection.readable.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  try {
    const { value } = await within(5_000, `an answer from ${url}`, reader.read());
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(value ?? "")?.[1]);
  } finally {
    await reader.cancel();
    await connection.writable.close().catch(() => {});
  }
}
