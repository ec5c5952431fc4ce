import assert from "node:assert/strict";
import { type Connection, openHandles, stopEventLoop } from "@/libvirt/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { Hypervisor } from "@/services/hypervisor.ts";
import { eventually, within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "./temporary_folder.ts";
import { domainXML, hostFile, TestHost } from "./test_host.ts";

/** A hypervisor on a host file that may not be there yet: the daemon that is down. */
async function withHypervisor(
  use: (hypervisor: Hypervisor, create: () => void, remove: () => void) => Promise<void>,
): Promise<void> {
  using folder = temporaryFolder();
  {
    const file = `${folder.path}/host.xml`;
    await using hypervisor = new Hypervisor(`test://${file}`);
    hypervisor.quick.onUp(() => hypervisor.setReady());
    hypervisor.start();
    const create = () => void hostFile(folder.path, domainXML("web1"));
    await use(hypervisor, create, () => Deno.removeSync(file));
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
    // More than there are lanes, so that all of them are used.
    const commands = Array.from(
      { length: 4 },
      () => () => hypervisor.command((connection) => connection.hostname()),
    );
    await Promise.all(commands.map((command) => assert.rejects(command(), unavailable)));
    create();
    await eventually(async () => {
      await Promise.all(commands.map((command) => command()));
      return true;
    }, { for: "all lanes to work", deadline: 20_000 });
  });
});

Deno.test("Hypervisor runs a command that never began on another lane when its own is lost", async () => {
  await withHypervisor(async (hypervisor, create, remove) => {
    create();
    const holders = Array.from({ length: 3 }, () => {
      const [held, released] = [
        Promise.withResolvers<Connection>(),
        Promise.withResolvers<void>(),
      ];
      const done = hypervisor.command(async (connection) => {
        held.resolve(connection);
        await released.promise;
      });
      return { held: held.promise, release: released.resolve, done };
    });
    const [first, second, third] = holders as [typeof holders[0], ...typeof holders];
    const lost = await within(5_000, "three lanes", first.held);
    await Promise.all(holders.map(({ held }) => within(5_000, "three lanes", held)));
    let begun = 0;
    const queued = hypervisor.command(async (connection) => {
      begun++;
      return await connection.hostname();
    });
    // The lane is free for the one that waits, and stays down.
    remove();
    await lost.close();
    first.release();
    await first.done;
    assert.equal(begun, 0);
    second!.release();
    assert.ok(await within(5_000, "the command on another lane", queued));
    assert.equal(begun, 1);
    third!.release();
    await Promise.all(holders.map(({ done }) => done));
  });
});

Deno.test("Hypervisor opens no lane for commands once it is disposed of", async () => {
  await withHypervisor(async (hypervisor, create) => {
    create();
    const { connections } = openHandles();
    const released = Promise.withResolvers<void>();
    // Whether it still gets a lane before they close, is not what this is about.
    const running = hypervisor.command(() => released.promise).catch(() => {});
    await hypervisor[Symbol.asyncDispose]();
    await assert.rejects(hypervisor.command((connection) => connection.hostname()), unavailable);
    released.resolve();
    await running;
    assert.equal(openHandles().connections, connections);
  });
});

Deno.test("Hypervisor does not repeat a command that had begun when its lane was lost", async () => {
  await withHypervisor(async (hypervisor, create) => {
    create();
    let begun = 0;
    const command = hypervisor.command(async (connection) => {
      begun++;
      await connection.close();
      return await connection.hostname();
    });
    await assert.rejects(command, unavailable);
    assert.equal(begun, 1);
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
