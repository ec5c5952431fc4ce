import assert from "node:assert/strict";
import { pretender } from "@/tests/harness/pretender.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { qemuStartTimes } from "./uptime.ts";

Deno.test({
  name: "qemuStartTimes tells when the process with a VM's UUID started",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const uuid = crypto.randomUUID();
    const before = Date.now();
    await using _process = pretender(["-name", "guest=web1", "-uuid", uuid, "-no-user-config"]);
    const started = await eventually(async () => (await qemuStartTimes()).get(uuid), {
      for: "the process to be seen",
    });
    assert.ok(Math.abs(started - before) < 1_000, `off by ${started - before} ms`);
  },
});

Deno.test({
  name: "qemuStartTimes forgets a process that has ended",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const uuid = crypto.randomUUID();
    {
      await using _process = pretender(["-uuid", uuid, "-S"]);
      await eventually(async () => (await qemuStartTimes()).has(uuid), {
        for: "the process to be seen",
      });
    }
    assert.equal((await qemuStartTimes()).has(uuid), false);
  },
});

Deno.test("qemuStartTimes takes no other argument for a UUID", async () => {
  const uuid = crypto.randomUUID();
  await using _one = pretender([`-uuid ${uuid}`, "x"]);
  await using _two = pretender(["-uuid", uuid.slice(1), "x"]);
  await using _three = pretender(["--uuid", uuid, "x"]);
  const seen = crypto.randomUUID();
  await using _last = pretender(["-uuid", seen, "x"]);
  const times = await eventually(
    async () => {
      const found = await qemuStartTimes();
      return found.has(seen) && found;
    },
    { for: "the last process to be seen" },
  );
  assert.equal(times.has(uuid), false);
  assert.equal(times.has(uuid.slice(1)), false);
});
