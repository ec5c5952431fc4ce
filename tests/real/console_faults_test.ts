import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setInterval } from "node:timers/promises";
import type { TestConsole } from "@/tests/harness/console.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { blockingThreads, openFiles } from "@/tests/harness/process.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { virshConsole } from "@/tests/harness/virsh_console.ts";
import { eventually, within } from "@/tests/harness/wait.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: consoles while things go wrong: ${problem}`);
const daemonProblem = await PrivateLibvirtd.problem();
if (daemonProblem) console.log(`skipped: consoles under a dying libvirtd: ${daemonProblem}`);

/** How long a console may take to come back after libvirtd has, in ms. */
const RECOVERY = 30_000;

Deno.test({
  name: "SIGTERM with 200 open consoles ends the server in 5 s, and tells every one of them why",
  ignore: problem !== null,
  async fn() {
    const [busy, stuck] = ["vg-flt-busy", "vg-flt-stuck"];
    await using _busy = await startGuest(SYSTEM, { name: busy });
    await using _stuck = await startGuest(SYSTEM, { name: stuck });
    await using server = await Server.start({
      connect: SYSTEM,
      args: [
        ...["--limits-sockets-per-user", "300", "--limits-sockets-per-address", "300"],
        ...["--limits-console-bytes", String(16 * 1024 * 1024)],
      ],
    });
    const open = async (name: string) => {
      const console = await server.console(name);
      await console.next("attached");
      return console;
    };
    const consoles: TestConsole[] = [];
    for (let each = 0; each < 10; each++) {
      const opening = Array.from({ length: 10 }, () => [open(busy), open(stuck)]);
      consoles.push(...await Promise.all(opening.flat()));
    }
    // The worst moment: one guest talks without end, and libvirt waits for the other to read.
    const [talking, pasting] = consoles as [TestConsole, TestConsole];
    talking.type("while :; do echo so-much-to-say; done\n");
    await consoles.at(-2)!.shows(/so-much-to-say\r\nso-much/);
    pasting.type('stty -icanon -echo; echo rea""dy; sleep 1000\n');
    await pasting.shows(/^ready\r$/m);
    for (let piece = 0; piece < 16; piece++) pasting.type("#".repeat(60_000));
    await pasting.next("input", ({ taken }) => taken > 100_000);

    const { code, took } = await server.stop();
    assert.equal(code, 0);
    assert.ok(took < 5_000, `it took ${took} ms`);
    const ends = await within(
      5_000,
      "all sockets to close",
      Promise.all(consoles.map((console) => console.closed)),
    );
    assert.equal(ends.length, 200);
    for (const end of ends) {
      assert.deepEqual(end, {
        code: 1001,
        reason: "virtglass is stopping; reconnect in a moment.",
      });
    }
  },
});

Deno.test({
  name: "a console outlives five libvirtds that are killed, and leaves nothing behind",
  ignore: daemonProblem !== null,
  async fn() {
    const name = "vg-flt-killed";
    await using libvirtd = await PrivateLibvirtd.start();
    await using _guest = await startGuest(libvirtd.uri, { name });
    await using server = await Server.start({ connect: libvirtd.uri });
    using console = await server.console(name);
    await console.next("attached");
    const streams = new Set([console.streamId]);
    let files: number | null = null;
    for (let round = 1; round <= 5; round++) {
      await libvirtd.kill();
      assert.equal((await console.next("eof")).reason, "lost");
      await libvirtd.restart();
      streams.add((await console.next("attached", () => true, RECOVERY)).streamId);
      console.type(`echo round-$((${round}+10))\n`);
      await console.shows(new RegExp(`^round-${round + 10}\\r$`, "m"));
      files ??= await openFiles(server.pid);
    }
    assert.equal(streams.size, 6);
    // Files go up and down by two, and a few threads are at work at times; one more for each of the
    // five kills is a leak.
    await eventually(async () => {
      const last = {
        files: await openFiles(server.pid),
        threads: await blockingThreads(server.pid),
      };
      if (last.files < files! + 4 && last.threads < 5) return true;
      throw new Error(`after the first kill ${files} files, at last ${JSON.stringify(last)}`);
    }, { for: "files and threads to be given back", deadline: 40_000 });
  },
});

Deno.test({
  name: "a console outlives a libvirtd that is frozen for 20 s, and types nothing twice",
  ignore: daemonProblem !== null,
  async fn() {
    const name = "vg-flt-frozen";
    await using libvirtd = await PrivateLibvirtd.start();
    await using _guest = await startGuest(libvirtd.uri, { name });
    await using server = await Server.start({ connect: libvirtd.uri });
    using console = await server.console(name);
    const { streamId } = await console.next("attached");
    const count = "n=$((n+1)); echo times-$n\n";
    console.type(count);
    await console.shows(/^times-1\r$/m);

    console.type(count);
    libvirtd.freeze();
    console.type(count);
    const end = performance.now() + 20_000;
    for await (const _ of setInterval(1_000)) {
      // Must not wait for libvirt.
      const answer = await within(1_000, "/healthz", server.fetch("/healthz", { token: null }));
      await answer.body?.cancel();
      assert.equal(answer.status, 200);
      if (performance.now() > end) break;
    }
    libvirtd.thaw();
    await console.shows(/^times-3\r$/m, RECOVERY);
    console.type(count);
    await console.shows(/^times-4\r$/m);
    assert.equal(console.streamId, streamId);
    assert.deepEqual(
      [...console.text.matchAll(/^times-(\d)\r$/gm)].map(([, time]) => time),
      ["1", "2", "3", "4"],
    );
  },
});

Deno.test({
  name: "1 MB that is pasted into a paused guest waits for it, and holds up nobody",
  ignore: problem !== null,
  async fn(t) {
    const [paused, other] = ["vg-flt-paused", "vg-flt-other"];
    await using _paused = await startGuest(SYSTEM, { name: paused, console: "virtio" });
    await using _other = await startGuest(SYSTEM, { name: other });
    await using server = await Server.start({ connect: SYSTEM });
    using pasting = await server.console(paused);
    using typing = await server.console(other);
    await typing.next("attached");
    await pasting.next("attached");
    const before = await echo(typing);
    const likeBefore = async () => {
      const now = await echo(typing);
      assert.ok(now < 4 * before + 50, `an echo took ${now} ms, and ${before} ms before`);
    };

    const bytes = new Uint8Array(1_000_000).map((_, index) => 97 + (index % 26));
    pasting.type("\n");
    await pasting.shows(/# /);
    pasting.type('stty -echo -icanon; echo rea""dy; head -c 200000 | md5sum; cat >/dev/null\n');
    await pasting.shows(/^ready\r$/m);

    await t.step("for longer than libvirt waits for a connection that is stuck", async () => {
      await virsh(SYSTEM, "suspend", paused);
      await eventually(async () => {
        const { status } = await server.json(`/api/v1/vms/${paused}`) as { status: string };
        return status === "paused";
      }, { for: "the server to know of the pause" });
      for (let at = 0; at < bytes.length; at += 50_000) {
        pasting.sendBytes(bytes.slice(at, at + 50_000));
      }
      const end = performance.now() + 35_000;
      for await (const _ of setInterval(1_000)) {
        await likeBefore();
        if (performance.now() > end) break;
      }
      // What was typed before the pause was taken; of what was pasted, nothing.
      const taken = pasting.messages.map(({ type, data }) => type === "input" ? data.taken : 0);
      assert.ok(Math.max(...taken) < 1_000, `the guest took ${Math.max(...taken)} bytes`);
    });

    await t.step("and again when it is paused while it reads", async () => {
      await virsh(SYSTEM, "resume", paused);
      await pasting.next("input", ({ taken }) => taken > 50_000);
      await virsh(SYSTEM, "suspend", paused);
      await likeBefore();
      await virsh(SYSTEM, "resume", paused);
    });

    await t.step("then it arrives, whole", async () => {
      const digest = createHash("md5").update(bytes.subarray(0, 200_000)).digest("hex");
      await pasting.shows(new RegExp(digest), 60_000);
      assert.deepEqual(pasting.messages.filter(({ type }) => /error|eof/.test(type)), []);
    });
  },
});

Deno.test({
  name: 'console.capture "always" keeps what guests said while nobody looked',
  ignore: daemonProblem !== null,
  async fn(t) {
    const name = "vg-flt-alone";
    // It takes every console there is, those of other tests' guests too.
    await using libvirtd = await PrivateLibvirtd.start();
    await using guest = await startGuest(libvirtd.uri, { name, start: false });
    await using server = await Server.start({
      connect: libvirtd.uri,
      args: ["--console-capture", "always"],
    });
    let first = "";

    await t.step("the first viewer sees how it booted", async () => {
      await virsh(libvirtd.uri, "start", name);
      await guest.booted();
      using console = await server.console(name);
      await console.shows(/Enter 'help'[^]*# /);
      first = console.streamId;
    });

    await t.step("and the next one how it ended, and booted again", async () => {
      await virsh(libvirtd.uri, "destroy", name);
      await virsh(libvirtd.uri, "start", name);
      await guest.booted();
      using console = await server.console(name);
      assert.equal((await console.next("attached")).streamId, first);
      assert.equal((await console.next("eof")).reason, "stopped");
      assert.notEqual((await console.next("attached")).streamId, first);
      await console.shows(/Enter 'help'[^]*# /);
    });
  },
});

Deno.test({
  name: "console.linger keeps a console for whoever comes back, and then lets it go",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-flt-linger";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM, args: ["--console-linger", "3"] });

    await t.step("the stream goes on for a viewer that comes back in time", async () => {
      const console = await server.console(name);
      const { streamId } = await console.next("attached");
      console.type('(sleep 1; echo mean""while) &\n');
      await console.shows(/&\r\n/);
      const { position, offset } = console;
      await console.close();
      await assert.rejects(virshConsole(SYSTEM, name), /[Aa]ctive console session/);
      using back = await server.console(name, { position });
      const attached = await back.next("attached");
      assert.deepEqual([attached.streamId, attached.offset], [streamId, offset]);
      await back.shows(/meanwhile\r/);
      assert.equal(back.messages.some(({ type }) => type === "gap"), false);
      await back.close();
    });

    await t.step("after it virsh console can have the console", async () => {
      await using _holder = await eventually(() => virshConsole(SYSTEM, name), {
        for: "the console to be let go",
      });
    });
  },
});

/** Median time in ms from a key to its echo. */
async function echo(console: TestConsole): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 50; index++) {
    const key = String.fromCharCode(97 + (index % 26));
    const begin = performance.now();
    console.type(key);
    await console.shows(new RegExp(key));
    times.push(performance.now() - begin);
  }
  // Ctrl-U: nothing of it is a command.
  console.type("\u0015");
  return times.sort((a, b) => a - b)[times.length / 2]!;
}
