import assert from "node:assert/strict";
import { stopEventLoop } from "@/libvirt/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { Hypervisor } from "@/services/hypervisor.ts";
import { eventually, within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "./temporary_folder.ts";
import { domainXML, hostFile, TestHost } from "./test_host.ts";

/** A hypervisor on a host file that may not be there yet: the daemon that is down. */
async function withHypervisor(
  use: (hypervisor: Hypervisor, create: () => void) => Promise<void>,
): Promise<void> {
  using folder = temporaryFolder();
  {
    await using hypervisor = new Hypervisor(`test://${folder.path}/host.xml`);
    hypervisor.quick.onUp(() => hypervisor.setReady());
    hypervisor.start();
    await use(hypervisor, () => void hostFile(folder.path, domainXML("web1")));
  }
  await stopEventLoop();
}

const unavailable = (error: unknown) =>
  error instanceof GlassError && error.code === "LIBVIRT_UNAVAILABLE";

Deno.test("Hypervisor says what is wrong while libvirt cannot be reached, then that it can", async () => {
  await withHypervisor(async (hypervisor, create) => {
    const changed = () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      hypervisor.onConnectivity(() => resolve());
      return within(15_000, "a change of connectivity", promise);
    };
    await changed();
    const down = hypervisor.connectivity;
    assert.equal(down.connected, false);
    assert.match(down.message ?? "", /^Cannot connect to libvirt at test:.*host\.xml/);
    await assert.rejects(hypervisor.call((connection) => connection.hostname()), unavailable);
    create();
    await changed();
    assert.equal(hypervisor.connectivity.connected, true);
    assert.equal(hypervisor.connectivity.message, null);
    assert.ok(hypervisor.connectivity.since >= down.since);
  });
});

Deno.test("Hypervisor runs commands again on every lane once libvirt is there", async () => {
  await withHypervisor(async (hypervisor, create) => {
    const command = () => hypervisor.command((connection) => connection.hostname());
    // More than there are lanes, so that all of them have seen it down.
    for (let index = 0; index < 4; index++) await assert.rejects(command(), unavailable);
    create();
    await eventually(async () => {
      for (let index = 0; index < 4; index++) await command();
      return true;
    }, { for: "all lanes to work", deadline: 20_000 });
  });
});

Deno.test("Hypervisor.call tells an unknown domain from other refusals of libvirt", async () => {
  await using host = await TestHost.start();
  const { hypervisor } = host.services;
  await assert.rejects(
    hypervisor.call((connection) => connection.domainByName("nobody")),
    (error: unknown) => error instanceof GlassError && error.code === "VM_NOT_FOUND",
  );
  await assert.rejects(
    hypervisor.call(async (connection) => {
      using domain = await connection.domainByName("test");
      await domain.start();
    }),
    (error: unknown) => error instanceof GlassError && error.code === "LIBVIRT_ERROR",
  );
});
