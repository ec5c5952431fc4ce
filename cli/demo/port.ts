import { UsageError } from "../arguments.ts";

/** The flag --port. @throws UsageError with one line for the person who typed it */
export function readPort(text = "8480"): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port is a number from 0 to 65535, not "${text}".`);
}
