import assert from "node:assert/strict";
import { TestHost } from "@/tests/services/test_host.ts";

Deno.test({
  name: "the host that is this machine says when it was started",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using host = await TestHost.start();
    const { bootedAt } = host.services.host.snapshot(null);
    const up = Number((await Deno.readTextFile("/proc/uptime")).split(" ")[0]) * 1000;
    assert.ok(bootedAt !== null);
    assert.ok(Math.abs(Date.now() - Date.parse(bootedAt) - up) < 2_000, bootedAt);
  },
});
