import assert from "node:assert/strict";
import { type Connection, LibvirtError } from "@/libvirt/mod.ts";
import type { GlassError } from "@/services/errors.ts";
import { Hypervisor } from "@/services/hypervisor.ts";
import { within } from "@/tests/harness/wait.ts";
import { DEFAULT, TestHost } from "@/tests/services/test_host.ts";
import { ViewerNotes } from "@/tests/services/viewer_notes.ts";
import { ConsoleBroker } from "./broker.ts";

/** Counts how often a console is tried. libvirt's test driver has none, so each attempt fails. */
class CountingHypervisor extends Hypervisor {
  attempts = 0;
  /** What libvirt says to the first ones, in the place of the driver's own answer. */
  readonly first: Error[] = [];
  override openConsoleConnection(): Promise<Connection> {
    this.attempts++;
    const failure = this.first.shift();
    if (failure) return Promise.reject(failure);
    return super.openConsoleConnection();
  }
}

/** The broker of the one VM there is. */
class Fixture implements AsyncDisposable {
  readonly hypervisor = new CountingHypervisor(DEFAULT);
  readonly broker: ConsoleBroker;
  readonly #host: TestHost;

  constructor(host: TestHost) {
    const [record] = host.services.vms.records();
    const options = { scrollback: 4096, capture: false, throttle: () => 0 };
    this.broker = new ConsoleBroker(this.hypervisor, record!, options, Promise.resolve());
    this.#host = host;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.broker[Symbol.asyncDispose]();
    await this.hypervisor[Symbol.asyncDispose]();
    await this.#host[Symbol.asyncDispose]();
  }
}

Deno.test("ConsoleBroker makes one attempt for all who come, or take over, while it is under way", async () => {
  await using fixture = new Fixture(await TestHost.start());
  const { broker, hypervisor } = fixture;
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

Deno.test("ConsoleBroker goes on after something that must not throw did", async () => {
  await using fixture = new Fixture(await TestHost.start());
  const { broker } = fixture;
  const thrown = Promise.withResolvers<void>();
  broker.takeOver(new ViewerNotes(), () => {
    thrown.resolve();
    throw new Error("somebody's mistake");
  });
  await within(10_000, "the first attempt to end", thrown.promise);
  // A rejection that nobody handles would end the process by now.
  await new Promise((resolve) => setTimeout(resolve));
  const refused = Promise.withResolvers<string>();
  broker.takeOver(new ViewerNotes(), (refusal) => refused.resolve(refusal!.code));
  const code = await within(10_000, "the second attempt to end", refused.promise);
  assert.equal(code, "CONSOLE_UNAVAILABLE");
});

Deno.test("ConsoleBroker waits for a guest whose console is still being made, and tells nobody", async () => {
  await using fixture = new Fixture(await TestHost.start());
  const { broker, hypervisor } = fixture;
  const early = "operation failed: PTY device is not yet assigned";
  hypervisor.first.push(
    new LibvirtError("virDomainOpenConsole", { code: 9, domain: 10, level: 2, message: early }),
  );
  const refused = Promise.withResolvers<GlassError>();
  class Waiting extends ViewerNotes {
    override refused(refusal: GlassError): void {
      refused.resolve(refusal);
    }
  }
  broker.add(new Waiting(), null);
  // The test driver's own answer, to the next attempt.
  const { message } = await within(10_000, "the second attempt to fail", refused.promise);
  assert.equal(hypervisor.attempts, 2);
  assert.doesNotMatch(message, /PTY/);
});
