import assert from "node:assert/strict";
import { Domain } from "@/libvirt/domain.ts";
import { type Connection, ErrorCode, LibvirtError } from "@/libvirt/mod.ts";
import type { Services } from "@/services/mod.ts";
import { ALL_METRICS_TOPIC } from "@/services/monitor/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { virsh } from "@/tests/harness/virsh.ts";
import { within } from "@/tests/harness/wait.ts";
import { TestHost } from "@/tests/services/test_host.ts";

const problem = await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: what changes while VMs are listed: ${problem}`);

Deno.test({
  name: "VMs.relist knows what was defined and undefined after libvirt had listed",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    const { uri } = libvirtd;
    await using old = await startGuest(uri, { name: "vg-real-old", start: false });
    await using host = await TestHost.start({ uri });
    const { vms, hypervisor } = host.services;
    // The states are the last that a listing asks for.
    const listed = afterStats(host.services, async () => {
      const changes = Promise.all([
        announced(host.services, "vg-real-new", "defined"),
        announced(host.services, old.name, "undefined"),
      ]);
      const added = await startGuest(uri, { name: "vg-real-new", start: false });
      await virsh(uri, "undefine", old.name);
      await changes;
      return added;
    });
    const known = Promise.withResolvers<string[]>();
    hypervisor.onConnectivity(({ connected }) => {
      if (connected) known.resolve(vms.records().map(({ name }) => name));
    });
    await libvirtd.kill();
    await libvirtd.restart();
    await using added = await within(30_000, "the VMs to be listed again", listed);
    assert.deepEqual(await within(10_000, "libvirt to answer", known.promise), [added.name]);
  },
});

Deno.test({
  name: "VMs.relist shows a VM of which libvirt cannot tell now as it was",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    await using guest = await startGuest(libvirtd.uri, { name: "vg-real-busy", start: false });
    await using host = await TestHost.start({ uri: libvirtd.uri });
    const { vms, hypervisor } = host.services;
    const { uuid } = await host.vm(guest.name, () => true);
    const { xml } = Domain.prototype;
    const refused = Promise.withResolvers<void>();
    Domain.prototype.xml = function () {
      refused.resolve();
      return Promise.reject(
        new LibvirtError("virDomainGetXMLDesc", {
          code: ErrorCode.internalError,
          domain: 10,
          level: 2,
          message: "Timed out during operation: cannot acquire state change lock",
        }),
      );
    };
    using _ = { [Symbol.dispose]: () => void (Domain.prototype.xml = xml) };
    const back = Promise.withResolvers<void>();
    hypervisor.onConnectivity(({ connected }) => connected && back.resolve());
    await libvirtd.kill();
    await libvirtd.restart();
    await within(30_000, "libvirt to be asked for the XML", refused.promise);
    await within(10_000, "libvirt to count as back", back.promise);
    assert.equal(vms.named(guest.name)?.uuid, uuid);
  },
});

Deno.test({
  name: "Monitor notices a VM that libvirt has not announced",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    await using host = await TestHost.start({ uri: libvirtd.uri });
    const { vms, hub } = host.services;
    const inbox = { send() {} };
    hub.subscribe(ALL_METRICS_TOPIC, inbox);
    // From here on nothing is heard of what libvirt announces.
    vms.announce = () => {};
    await using guest = await startGuest(libvirtd.uri, { name: "vg-real-silent", start: false });
    await host.vm(guest.name, ({ state }) => state.status === "stopped");
    hub.unsubscribe(ALL_METRICS_TOPIC, inbox);
  },
});

/** Lets something happen at the next listing, between libvirt's last answer and its arrival. */
function afterStats<T>({ vms }: Services, happen: () => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const relist = vms.relist.bind(vms);
  vms.relist = (connection: Connection) => {
    vms.relist = relist;
    const stats = connection.stats.bind(connection);
    connection.stats = async (groups) => {
      const answer = await stats(groups);
      await happen().then(resolve, reject);
      return answer;
    };
    return relist(connection);
  };
  return promise;
}

async function announced({ events }: Services, name: string, event: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  using _subscription = events.onEvent((told) => {
    if (told.kind === "lifecycle" && told.name === name && told.event === event) resolve();
  });
  await within(10_000, `"${event}" of ${name}`, promise);
}
