import assert from "node:assert/strict";
import { Connection, openHandles, stopEventLoop } from "@/libvirt/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";

const ROUNDS = 200;
const NOTHING = { connections: 0, domains: 0, snapshots: 0, pools: 0, streams: 0, callbacks: 0 };
const problem = await hypervisorProblem();
if (problem !== null) console.log(`skipped: what libvirt leaves behind: ${problem}`);

function openFiles(): number {
  return [...Deno.readDirSync("/proc/self/fd")].length;
}

/** Runs the round often, with a few before it counts, and holds what is open against that. */
async function rounds(round: () => Promise<number>): Promise<void> {
  for (let warm = 0; warm < 5; warm++) await round();
  const before = openFiles();
  const results = new Set<number>();
  for (let at = 0; at < ROUNDS; at++) results.add(await round());
  assert.deepEqual([...results], [0], "results of virConnectClose");
  // The kernel takes a moment to close the other end of what was closed here.
  await eventually(() => openFiles() <= before, { for: `no more than ${before} open files` });
  assert.deepEqual(openHandles(), NOTHING);
}

Deno.test({
  name: "200 connections with all events registered leave no file and no handle behind",
  ignore: problem !== null,
  async fn() {
    await rounds(async () => {
      const connection = await Connection.open(SYSTEM);
      await connection.onDomainEvent(() => {});
      for (const domain of await connection.domains()) domain[Symbol.dispose]();
      await connection.domainByName("vg-lv-nobody").catch(() => {});
      await connection.stats(["state"]);
      return await connection.close();
    });
    await stopEventLoop();
  },
});

Deno.test({
  name: "200 consoles leave no file and no handle behind",
  ignore: problem !== null,
  async fn() {
    await using guest = await startGuest(SYSTEM, { name: "vg-lv-leak", boot: false });
    await rounds(async () => {
      const connection = await Connection.open(SYSTEM);
      using domain = await connection.domainByName(guest.name);
      const stream = await domain.openConsole({ onData: () => {}, onEnd: () => {} });
      await stream.send(new Uint8Array([13]));
      await stream.close();
      return await connection.close();
    });
    await stopEventLoop();
  },
});

Deno.test({
  name: "200 consoles that were forgotten are freed with their connections",
  ignore: problem !== null,
  async fn() {
    await using guest = await startGuest(SYSTEM, { name: "vg-lv-forgot", boot: false });
    await rounds(async () => {
      const connection = await Connection.open(SYSTEM);
      const domain = await connection.domainByName(guest.name);
      await domain.openConsole({ onData: () => {}, onEnd: () => {} });
      return await connection.close();
    });
    await stopEventLoop();
  },
});
