import type { Bench } from "./bench.ts";
import { run } from "./program.ts";

const CONNECTIONS = 8;

/** What one block of load saw. */
export interface Load {
  perSecond: number;
  bytesPerAnswer: number;
}

/** Two seconds of requests for `/`, over eight connections that each ask again when answered. */
export async function press(bench: Bench, port: number, cookie: string): Promise<Load> {
  const seconds = bench.quick ? "0.5" : "2";
  const words = [`${port}`, "/", cookie, `${CONNECTIONS}`, seconds];
  const [line = ""] = await run(bench.program("load"), words);
  const [requests = 0, nanoseconds = 0, bytes = 0] = line.split(" ").map(Number);
  return { perSecond: requests / (nanoseconds / 1e9), bytesPerAnswer: bytes / requests };
}
