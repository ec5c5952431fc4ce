import assert from "node:assert/strict";
import { FakeClock } from "@/tests/harness/fake_clock.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import type { TestSocket } from "@/tests/harness/socket.ts";

const problem = await FakeClock.problem();
if (problem) console.log(`skipped: a server whose clock is set: ${problem}`);

const DAY = 24 * 3600;

Deno.test({
  name: "a clock that is set a day forward and back ends no socket and spoils no number",
  ignore: problem !== null,
  async fn(t) {
    using clock = await FakeClock.create();
    await using server = await Server.start({
      connect: "test:///default",
      env: clock.environment,
      // A heartbeat right after the server's own would be taken for the answer to that.
      args: ["--sockets-heartbeat", "60"],
    });
    using vm = await server.socket("/ws/vms/test");
    using console = await server.socket("/ws/vms/test/console");
    using events = await server.socket("/ws/events");
    events.send("subscribe", { topics: ["metrics:*", "vms", "host"] });
    await events.next("subscribed");
    await vm.next("metrics");
    await command(vm, "suspend", "before");
    await command(vm, "resume", "before too");

    for (
      const [what, ahead] of [["a day fast", DAY], ["right again", 0], ["slow", -DAY]] as const
    ) {
      await t.step(`the server's clock is ${what}`, async () => {
        clock.set(ahead);
        const isSet = (timestamp: string) =>
          Math.abs(Date.parse(timestamp) - Date.now() - ahead * 1000) < 60_000;
        await vm.first(({ timestamp }) => isSet(timestamp), 10_000, "a message by that clock");
        // Every look at the sockets and some samples lie between these.
        for (let n = 0; n < 4; n++) {
          const { data } = await vm.next("metrics");
          assert.ok(isPercent(data.cpu.utilization), String(data.cpu.utilization));
        }
        await events.next("samples", ({ vms }) => isSet(vms.test!.time));
        for (const socket of [vm, console, events]) {
          socket.send("heartbeat", {});
          await socket.next("heartbeat");
        }
      });

      await t.step("what was counted before goes on", async () => {
        // The first command of this id was carried out, and is not again.
        assert.equal(await command(vm, "suspend", "before"), 'VM "test" suspended');
        const [{ data: { uptime } }] = await Promise.all([
          vm.next("status", ({ status }) => status === "paused"),
          command(vm, "suspend", `suspend ${what}`),
        ]);
        assert.ok(uptime < 300, `up for ${uptime} s`);
        await command(vm, "resume", `resume ${what}`);
      });

      await t.step("who signs in by that clock gets the samples in order, up to now", async () => {
        const { token } = await server.login(ADMIN.username, ADMIN.password);
        const answer = await server.fetch("/api/v1/vms/test/metrics?since=300", { token });
        const { time } = await answer.json() as { time: number[] };
        assert.ok(time.length >= 4);
        assert.deepEqual(time, time.toSorted((a, b) => a - b));
        const late = time.at(-1)! - (Date.now() / 1000 + ahead);
        assert.ok(Math.abs(late) < 60, `the last sample is ${late} s late`);
      });
    }
  },
});

Deno.test({
  name: "a start by a clock that was set back numbers events lower, and says so by a gap",
  ignore: problem !== null,
  async fn() {
    using clock = await FakeClock.create();
    clock.set(DAY);
    const options = { connect: "test:///default", env: clock.environment };
    await using first = await Server.start(options);
    using ahead = await first.socket("/ws/events");
    ahead.send("subscribe", { topics: ["events"] });
    const since = (await ahead.next("subscribed")).data.seq;
    await first.stop();
    clock.set(0);
    await using second = await Server.start({ ...options, dataDir: first.dataDir });
    using vm = await second.socket("/ws/vms/test");
    await command(vm, "suspend", "missed");
    using events = await second.socket("/ws/events");
    events.send("subscribe", { topics: ["events"], since });
    const { data: { seq, gap } } = await events.next("subscribed");
    assert.ok(seq < since, `${seq} after ${since}`);
    assert.equal(gap?.from, 1);
    const missed = await events.next("event", ({ detail }) => detail.requestId === "missed");
    assert.ok(missed.data.seq > gap.to && missed.data.seq <= seq);
  },
});

/** Has it carried out, or answered from memory; it must succeed. Returns what is said of it. */
async function command(socket: TestSocket, action: string, requestId: string): Promise<string> {
  socket.send("command", { action, requestId });
  const { data } = await socket.next("response", (response) => response.requestId === requestId);
  assert.equal(data.success, true, data.message);
  return data.message;
}

const isPercent = (value: number | null) => value !== null && value >= 0 && value <= 100;
