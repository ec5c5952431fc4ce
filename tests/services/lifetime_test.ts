import assert from "node:assert/strict";
import { openHandles, stopEventLoop } from "@/libvirt/mod.ts";
import { loadConfig } from "@/services/config/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { Gate } from "@/services/gate.ts";
import { Services } from "@/services/mod.ts";
import { lockDataDir } from "@/services/store/mod.ts";
import { metricsTopic } from "@/services/monitor/mod.ts";
import { temporaryFolder } from "./temporary_folder.ts";
import { ADDRESS, session, TestHost } from "./test_host.ts";

const NOTHING = { connections: 0, domains: 0, snapshots: 0, pools: 0, streams: 0, callbacks: 0 };
const descriptors = () => [...Deno.readDirSync("/proc/self/fd")].length;

Deno.test("Services ends with nothing of libvirt open, whatever was going on", async () => {
  const host = await TestHost.start();
  const { hub, commands } = host.services;
  const { uuid } = await host.vm("test", () => true);
  hub.subscribe(metricsTopic(uuid), { send: () => {} });
  assert.ok(openHandles().connections >= 2);
  const running = ["suspend", "resume", "stop"].map((action, index) =>
    commands.run(session("admin"), ADDRESS, "test", {
      action: action as "suspend" | "resume" | "stop",
      requestId: String(index),
    })
  );
  await host[Symbol.asyncDispose]();
  await Promise.allSettled(running);
  assert.deepEqual(openHandles(), NOTHING);
});

Deno.test("Services starts and ends many times without leaving a file open", async () => {
  // The first start opens the library and the event loop's pipe, which stay.
  await (await TestHost.start())[Symbol.asyncDispose]();
  const before = descriptors();
  for (let round = 0; round < 10; round++) {
    await (await TestHost.start())[Symbol.asyncDispose]();
  }
  assert.equal(descriptors(), before);
  assert.deepEqual(openHandles(), NOTHING);
});

Deno.test("Services that were never started end as well", async () => {
  using folder = temporaryFolder();
  const config = await loadConfig({ connect: "test:///default", "data-dir": folder.path });
  using gate = new Gate(config);
  await new Services(config, gate)[Symbol.asyncDispose]();
  assert.deepEqual(openHandles(), NOTHING);
});

Deno.test("Gate refuses a data folder that another server uses, and frees it at its end", async () => {
  const host = await TestHost.start();
  const config = await loadConfig({ connect: "test:///default", "data-dir": host.dataDir });
  assert.throws(
    () => new Gate(config),
    (error: unknown) => error instanceof GlassError && error.code === "CONFLICT",
  );
  await host.services[Symbol.asyncDispose]();
  host.services.gate[Symbol.dispose]();
  {
    using _lock = lockDataDir(host.dataDir);
  }
  await stopEventLoop();
  Deno.removeSync(host.dataDir, { recursive: true });
});
