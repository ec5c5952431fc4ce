import type { Bench } from "./bench.ts";
import { Program } from "./program.ts";
import type { Virtglass } from "./virtglass.ts";

const SUBSCRIBE = JSON.stringify({
  type: "subscribe",
  data: { topics: ["vms", "metrics:*", "host"] },
});

/** A client that has subscribed to what the host page shows of all VMs, and goes on listening. */
export async function watchAll(bench: Bench, server: Virtglass): Promise<Program> {
  const words = [`${server.port}`, "/ws/events", await server.token(), "subscribed", SUBSCRIBE];
  const watcher = new Program(bench.program("watch"), words);
  await watcher.line(0);
  return watcher;
}
