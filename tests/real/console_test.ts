import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { virshConsole } from "@/tests/harness/virsh_console.ts";
import { eventually, within } from "@/tests/harness/wait.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: consoles of a real guest: ${problem}`);

/** Bytes that the server remembers: an emulated serial port takes seconds for every 100 kB. */
const SCROLLBACK = 32 * 1024;
/** Less than the guest would read. */
const TYPED_A_SECOND = 4096;

Deno.test({
  name: "the console of a real guest over the binary subprotocol",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-real-console";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({
      connect: SYSTEM,
      args: ["--console-scrollback", String(SCROLLBACK)],
    });
    const reader = await server.user("reader", "viewer");
    const operator = await server.user("operator", "operator");

    await t.step("it agrees on the subprotocol, and counts bytes from the first", async () => {
      using console = await server.console(name);
      assert.equal(console.protocol, "virtglass.console.v1");
      const attached = await console.next("attached");
      assert.deepEqual([attached.offset, attached.readOnly], [0, false]);
      console.type("\n");
      await console.shows(/# /);
      console.type("echo $((6*7))\n");
      await console.shows(/^42\r$/m);
    });

    await t.step("?stream= and &offset= go on exactly after the last byte", async () => {
      const first = await server.console(name);
      first.type("for i in $(seq 400); do echo line-$i; usleep 5000; done; echo all-done\n");
      await first.shows(/^line-20\r$/m);
      let [text, position] = [first.text, first.position];
      await first.close();
      // Again and again, in the middle of what the guest says.
      for (let round = 0; round < 10; round++) {
        const again = await server.console(name, { position });
        const attached = await again.next("attached");
        assert.equal(`stream=${attached.streamId}&offset=${attached.offset}`, position);
        const more = again.offset + 200;
        if (!/all-done\r/.test(text)) await again.reaches(more).catch(() => {});
        [text, position] = [text + again.text, again.position];
        await again.close();
        assert.equal(again.messages.some(({ type }) => type === "gap"), false);
      }
      using last = await server.console(name, { position });
      if (!/^all-done\r$/m.test(text)) await last.shows(/^all-done\r$/m, 30_000);
      text += last.text;
      const lines = [...text.matchAll(/^line-(\d+)\r$/gm)].map(([, number]) => Number(number));
      assert.deepEqual(lines, Array.from({ length: 400 }, (_, index) => index + 1));
    });

    await t.step("a position past the scrollback gets one exact gap", async () => {
      using before = await server.console(name);
      await before.next("attached");
      const { position, offset } = before;
      // More than the server remembers.
      before.type("dd if=/dev/zero bs=1024 count=40 2>/dev/null | tr '\\0' x; echo fl\"\"ood\n");
      // With the prompt after it: nothing more will come.
      await before.shows(/flood\r[^]*# /, 60_000);
      using late = await server.console(name, { position });
      const { from, to } = await late.next("gap");
      assert.equal(from, offset);
      await late.shows(/flood\r[^]*# /);
      assert.equal(late.offset - to, SCROLLBACK);
      assert.equal(late.text.length, SCROLLBACK);
    });

    await t.step("a character that is split over messages arrives whole", async () => {
      using console = await server.console(name);
      console.type(
        "clear; printf '\\303'; sleep 1; printf '\\244\\342\\202'; usleep 300000; printf '\\254\\n'\n",
      );
      assert.match(await console.shows(/ä€\r/), /ä€\r/);
    });

    await t.step("everyone sees who is there, and who answers for the terminal", async () => {
      using first = await server.console(name);
      const alone = await first.next("presence");
      assert.deepEqual(alone.viewers.map(({ user, readOnly }) => [user, readOnly]), [
        ["admin", false],
      ]);
      assert.equal(alone.responder, alone.viewers[0]!.id);
      const second = await server.console(name, { token: reader });
      const attached = await second.next("attached");
      assert.equal(attached.readOnly, true);
      const both = await first.next("presence", ({ viewers }) => viewers.length === 2);
      assert.deepEqual(both.viewers.map(({ user, readOnly }) => [user, readOnly]), [
        ["admin", false],
        ["reader", true],
      ]);
      assert.equal(both.responder, alone.responder);
      second.type("echo not-$((1+1))\n");
      assert.equal((await second.next("error")).code, "FORBIDDEN");
      first.send("resize_hint", { columns: 132, rows: 43 });
      const { columns, rows } = await second.next("resize_hint");
      assert.deepEqual([columns, rows], [132, 43]);
      await second.close();
      await first.next("presence", ({ viewers }) => viewers.length === 1);
      assert.doesNotMatch(first.text, /not-2/);
    });

    await t.step("when who answers for the terminal goes, the next one does", async () => {
      const first = await server.console(name);
      using second = await server.console(name, { token: operator });
      const { viewerId, responder } = await second.next("attached");
      assert.notEqual(responder, viewerId);
      second.send("resize_hint", { columns: 20, rows: 5 });
      second.send("nonsense");
      // The hint before it is done with, and went to nobody.
      await second.next("error", ({ code }) => code === "INVALID_MESSAGE");
      first.send("resize_hint", { columns: 132, rows: 43 });
      assert.equal((await second.next("resize_hint")).columns, 132);
      assert.equal(first.messages.some(({ type }) => type === "resize_hint"), false);
      await first.close();
      await second.next("presence", ({ responder }) => responder === viewerId);
      second.send("resize_hint", { columns: 90, rows: 30 });
      using late = await server.console(name, { token: reader });
      assert.equal((await late.next("resize_hint")).columns, 90);
    });

    await t.step("twelve viewers, in binary and in JSON, get the guest's very bytes", async () => {
      using stack = new DisposableStack();
      const heard: (() => Uint8Array[])[] = [];
      for (let pair = 0; pair < 6; pair++) {
        const chunks: Uint8Array[] = [];
        const console = stack.use(await server.console(name));
        console.hear((bytes) => chunks.push(bytes));
        heard.push(() => chunks);
        const { messages } = stack.use(await server.socket(`/ws/vms/${name}/console`));
        heard.push(() =>
          messages.map(({ type, data }) =>
            Uint8Array.fromBase64(type === "console" ? data.content : "")
          )
        );
      }
      using first = await server.console(name);
      first.type(
        "head -c 30000 /dev/urandom >/tmp/r; sha256sum /tmp/r; stty -opost; " +
          'echo here""after; cat /tmp/r; stty opost; echo that-was""-it\n',
      );
      const shown = await first.shows(/that-was-it\r/, 60_000);
      const digest = /([0-9a-f]{64}) .*tmp.r/.exec(shown)![1];
      for (const chunks of heard) {
        const said = await eventually(() => {
          const said = Buffer.concat(chunks());
          return said.includes("that-was-it\r") && said;
        }, { for: "every viewer to get all" });
        const begin = said.indexOf("hereafter\n") + "hereafter\n".length;
        const file = said.subarray(begin, begin + 30_000);
        assert.equal(createHash("sha256").update(file).digest("hex"), digest);
      }
    });

    await t.step("a long paste arrives whole and in order, and is counted", async () => {
      using console = await server.console(name);
      console.type("stty -echo -icanon; head -c 100000 | md5sum; stty echo icanon\n");
      await console.shows(/md5sum[^]*\n/);
      const bytes = new Uint8Array(100_000).map((_, index) => 97 + (index % 26));
      let sent = 0;
      while (sent < bytes.length) {
        console.sendBytes(bytes.slice(sent, sent += 30_000));
        const { taken } = await console.next("input", ({ taken }) => taken > sent - 60_000, 60_000);
        assert.ok(taken <= sent + 100);
      }
      const digest = md5(bytes);
      await console.shows(new RegExp(digest), 60_000);
    });

    await t.step("what is pasted into a paused guest waits, and nothing else does", async () => {
      using console = await server.console(name);
      await console.next("attached");
      await virsh(SYSTEM, "suspend", name);
      console.type('echo pau""sed-$((40+2)); head -c 9000000 >/dev/null\n');
      for (let piece = 0; piece < 20; piece++) console.type("#".repeat(60_000));
      // Refused whole once too much waits, in words.
      const { code, message } = await console.next("error");
      assert.equal(code, "CONSOLE_STALLED");
      assert.match(message, /none of these 60000 bytes was taken/);
      assert.equal((await server.fetch("/healthz")).status, 200);
      const status = await server.json(`/api/v1/vms/${name}`) as { status: string };
      assert.equal(status.status, "paused");
      await virsh(SYSTEM, "resume", name);
      await console.shows(/paused-42/, 60_000);
      // It would take minutes for the rest: what the guest will never read is told to who typed it.
      await virsh(SYSTEM, "destroy", name);
      await console.next(
        "error",
        ({ message }) =>
          /ended before the guest had read the last \d+ bytes that you typed/.test(message),
      );
      await virsh(SYSTEM, "start", name);
      await console.shows(/Enter 'help'[^]*# /, 90_000);
    });

    await server.stop();
    await using other = await Server.start({
      connect: SYSTEM,
      args: ["--console-linger", "0", "--limits-console-bytes", String(TYPED_A_SECOND)],
    });

    await t.step(
      "who types more than limits.console-bytes a second is held up, and loses nothing",
      async () => {
        const console = await other.console(name);
        await console.next("attached");
        const bytes = new Uint8Array(6 * TYPED_A_SECOND).map((_, index) => 97 + (index % 26));
        console.type(`stty -echo -icanon; head -c ${bytes.length} | md5sum; stty echo icanon\n`);
        await console.shows(/md5sum[^]*\n/);
        const begin = performance.now();
        console.sendBytes(bytes);
        for (let taken = 0; taken < bytes.length;) {
          ({ taken } = await console.next("input"));
          const seconds = (performance.now() - begin) / 1000;
          assert.ok(taken < TYPED_A_SECOND * (1 + seconds) + 100, `${taken} after ${seconds} s`);
        }
        await console.shows(new RegExp(md5(bytes)), 60_000);
        // Nobody looks: it is let go of, after its linger.
        await console.close();
      },
    );

    await t.step("virsh console is told of, and can be taken over from", async () => {
      await using holder = await eventually(() => virshConsole(SYSTEM, name), {
        for: "the console to be let go",
      });
      using console = await other.console(name);
      const { code, message } = await console.next("error");
      assert.equal(code, "CONSOLE_BUSY");
      assert.match(message, /take it over/);
      console.send("takeover");
      await console.next("attached");
      await within(20_000, "virsh console to end, which was taken over from", holder.ended);
      console.type("\n");
      await console.shows(/# /);
      // And the other way round.
      await using thief = await virshConsole(SYSTEM, name, "--force");
      assert.equal((await console.next("eof")).reason, "taken");
      await console.next("error", ({ code }) => code === "CONSOLE_BUSY");
      await thief.close();
      await console.next("attached", () => true, 20_000);
    });
  },
});

Deno.test({
  name: "a console over the life of its guest",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-real-life";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    using console = await server.console(name);
    const first = (await console.next("attached")).streamId;

    await t.step("a reboot inside keeps the stream", async () => {
      console.type("\n");
      await console.shows(/# /);
      await virsh(SYSTEM, "reset", name);
      await console.shows(/Enter 'help'[^]*# /, 90_000);
      assert.equal(console.streamId, first);
    });

    let position = "";
    await t.step("power off ends it, with its last words kept", async () => {
      console.type('echo last-wo""rds\n');
      await console.shows(/last-words\r/);
      position = console.position;
      await virsh(SYSTEM, "destroy", name);
      assert.equal((await console.next("eof")).reason, "stopped");
      using late = await server.console(name);
      await late.shows(/last-words\r/);
      assert.equal((await late.next("eof")).reason, "stopped");
      await late.next("error", ({ code }) => code === "VM_NOT_RUNNING");
    });

    await t.step("start begins another stream by itself", async () => {
      await virsh(SYSTEM, "start", name);
      const attached = await console.next("attached", ({ streamId }) => streamId !== first);
      assert.equal(attached.offset, 0);
      await console.shows(/Enter 'help'[^]*# /, 90_000);
    });

    await t.step("who was away gets the end of the old stream, then the new one", async () => {
      using back = await server.console(name, { position });
      const one = await back.next("attached");
      assert.equal(one.streamId, first);
      await back.next("eof");
      assert.notEqual((await back.next("attached")).streamId, first);
      await back.shows(/Enter 'help'/);
    });

    await t.step("nothing is wrong between power off and start", async () => {
      const from = console.messages.length;
      await virsh(SYSTEM, "destroy", name);
      await console.next("eof");
      await virsh(SYSTEM, "start", name);
      await console.next("attached");
      // A guest that was killed is said to shut down after its console ended: no reason to open another.
      assert.deepEqual(console.messages.slice(from).filter(({ type }) => type === "error"), []);
    });

    await t.step("a VM that is renamed keeps its console", async () => {
      await virsh(SYSTEM, "destroy", name);
      await console.next("eof");
      await virsh(SYSTEM, "domrename", name, `${name}-2`);
      await virsh(SYSTEM, "start", `${name}-2`);
      await console.next("attached");
      await console.shows(/Enter 'help'/, 90_000);
    });

    await t.step("a VM that is undefined closes it with 4404", async () => {
      await virsh(SYSTEM, "destroy", `${name}-2`);
      await virsh(SYSTEM, "undefine", `${name}-2`);
      assert.equal((await console.closed).code, 4404);
    });
  },
});

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}
