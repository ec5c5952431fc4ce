import type { Sample } from "@/protocol/mod.ts";

/**
 * Runs in the page, before it: gives every VM of every sample numbers that move. The test driver has
 * CPU time alone; guests with memory, disks and networks that move take more than this machine has.
 */
export function moveNumbers(): void {
  const own = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")!.get!;
  Object.defineProperty(MessageEvent.prototype, "data", {
    get(this: MessageEvent) {
      const data: unknown = own.call(this);
      return typeof data === "string" && data.startsWith('{"type":"samples"') ? moved(data) : data;
    },
  });
  const some = (most: number) => Math.round(Math.random() * most);
  function moved(text: string): string {
    const message = JSON.parse(text);
    for (const { metrics, rates } of Object.values<Sample>(message.data.vms)) {
      metrics.cpu.utilization = some(1000) / 10;
      metrics.memory.used = some(metrics.memory.total ?? 0);
      for (const name of ["rxBytes", "txBytes", "readBytes", "writeBytes"] as const) {
        rates[name] = some(5e7);
      }
    }
    return JSON.stringify(message);
  }
}
