import assert from "node:assert/strict";
import type { Connection } from "@/libvirt/mod.ts";
import { Hypervisor } from "@/services/hypervisor.ts";
import { within } from "@/tests/harness/wait.ts";
import { DEFAULT, TestHost } from "@/tests/services/test_host.ts";
import { ViewerNotes } from "@/tests/services/viewer_notes.ts";
import { ConsoleBroker } from "./broker.ts";

/** Counts how often a console is tried. libvirt's test driver has none, so each attempt fails. */
class CountingHypervisor extends Hypervisor {
  attempts = 0;
  override openConsoleConnection(): Promise<Connection> {
    this.attempts++;
    return super.openConsoleConnection();
  }
}

Deno.test("ConsoleBroker makes one attempt for all who come, or take over, while it is under way", async () => {
  await using host = await TestHost.start();
  const [record] = host.services.vms.records();
  await using hypervisor = new CountingHypervisor(DEFAULT);
  const options = { scrollback: 4096, capture: false, throttle: () => 0 };
  await using broker = new ConsoleBroker(hypervisor, record!, options, Promise.resolve());
  const viewers = Array.from({ length: 20 }, () => new ViewerNotes());
  for (const viewer of viewers) broker.add(viewer, null);
  const failed: string[] = [];
  const all = Promise.withResolvers<void>();
  for (let round = 0; round < 50; round++) {
    for (const viewer of viewers) {
      broker.takeOver(viewer, (refusal) => {
        failed.push(refusal!.code);
        if (failed.length === viewers.length) all.resolve();
      });
    }
  }
  await within(10_000, "everyone to be refused", all.promise);
  assert.deepEqual(failed, Array(20).fill("CONSOLE_UNAVAILABLE"));
  assert.equal(hypervisor.attempts, 2);
});
