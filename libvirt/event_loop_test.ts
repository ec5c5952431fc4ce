import assert from "node:assert/strict";

/** Runs a program of its own, with the bindings imported from `base`; it must end by itself. */
async function program(source: string): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const base = JSON.stringify(import.meta.dirname);
    await Deno.writeTextFile(file, source.replaceAll("$BASE/", `${JSON.parse(base)}/`));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "-A", file],
      signal: AbortSignal.timeout(20_000),
    }).output();
    const text = new TextDecoder();
    assert.equal(text.decode(stderr), "");
    assert.equal(code, 0);
    return text.decode(stdout).trim();
  } finally {
    await Deno.remove(file);
  }
}

for (const engine of ["glibEngine", "turnEngine"]) {
  Deno.test(`${engine} brings events, and lets the process end when it is stopped`, async () => {
    const heard = await program(`
      import { Connection, stopEventLoop } from "$BASE/mod.ts";
      import * as loop from "$BASE/event_loop.ts";
      for (const round of [1, 2]) {
        loop.startEventLoop(loop.${engine}() ?? undefined);
        await using connection = await Connection.open("test:///default");
        const event = Promise.withResolvers();
        await connection.onDomainEvent(event.resolve);
        using domain = await connection.domainByName("test");
        await domain.suspend();
        console.log(round, (await event.promise).event, await connection.close());
        await stopEventLoop();
      }
    `);
    assert.equal(heard, "1 suspended 0\n2 suspended 0");
  });
}

Deno.test("the event loop keeps the process alive while it runs", async () => {
  const printed = await program(`
    import { Connection, stopEventLoop } from "$BASE/mod.ts";
    const connection = await Connection.open("test:///default");
    Deno.unrefTimer(setTimeout(async () => {
      console.log(await connection.close());
      await stopEventLoop();
    }, 100));
  `);
  assert.equal(printed, "0");
});

Deno.test("libvirt writes nothing to stderr, whatever fails", async () => {
  const printed = await program(`
    import { Connection, stopEventLoop } from "$BASE/mod.ts";
    const failures = [];
    const fails = (promise) => promise.then(() => failures.push(0), () => failures.push(1));
    await fails(Connection.open("qemu+unix:///system?socket=/nonexistent"));
    await fails(Connection.open("nosuchdriver:///"));
    const connection = await Connection.open("test:///default");
    await fails(connection.domainByName("nobody"));
    await fails(connection.domainByUUID("nonsense"));
    using domain = await connection.domainByName("test");
    await fails(domain.resume());
    await fails(domain.openConsole({ onData() {}, onEnd() {} }));
    await connection.close();
    await stopEventLoop();
    console.log(failures.join(""), Deno.env.get("LIBVIRT_DEBUG") ?? "unset");
  `);
  assert.equal(printed, "111111 unset");
});
