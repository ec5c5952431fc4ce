import assert from "node:assert/strict";
import {
  ConsoleClient,
  type ConsoleSink,
  type ConsoleState,
} from "@/islands/hooks/console_client.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { LossyLine } from "@/tests/harness/lossy_line.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { within } from "@/tests/harness/wait.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: the browser's console client with a real guest: ${problem}`);

/** Keeps what the guest said as text, with words where it does not simply go on. */
class Screen implements ConsoleSink {
  text = "";
  readonly words: string[] = [];
  readonly #decoder = new TextDecoder();
  readonly #looking = new Set<() => void>();
  attached = (arrival: string) => this.#note(arrival);
  gap = (bytes: number) => this.#note(`gap ${bytes}`);
  eof = (reason: string) => this.#note(`eof ${reason}`);
  write = (bytes: Uint8Array) => {
    this.text += this.#decoder.decode(bytes, { stream: true });
    for (const look of [...this.#looking]) look();
  };

  async until(wanted: () => boolean, what: string, deadline = 30_000): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => wanted() && resolve();
    this.#looking.add(look);
    look();
    await within(deadline, what, promise).finally(() => this.#looking.delete(look));
  }

  shows(pattern: RegExp, deadline?: number): Promise<void> {
    return this.until(() => pattern.test(this.text), `${pattern} on the screen`, deadline);
  }

  #note(word: string): void {
    this.words.push(word);
    for (const look of [...this.#looking]) look();
  }
}

function state(client: ConsoleClient, wanted: (state: ConsoleState) => boolean) {
  const { promise, resolve } = Promise.withResolvers<ConsoleState>();
  const stop = client.watch((now) => wanted(now) && resolve(now));
  return within(15_000, "a state of the client", promise).finally(stop);
}
const isOpen = ({ line }: ConsoleState) => line.kind === "open";

Deno.test({
  name: "the browser's console client with a real guest",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-brw-client";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using line = new LossyLine(server.url);
    const path = `/ws/vms/${name}/console`;
    const connect = (sink: ConsoleSink, token = server.token) =>
      new ConsoleClient(`${line.url.replace("http", "ws")}${path}?token=${token}`, sink, {
        check: `${server.url}/api/v1/vms/${name}`,
        delay: () => 50,
      });
    const encoder = new TextEncoder();
    const screen = new Screen();
    const client = connect(screen);
    const type = (text: string) => client.type(encoder.encode(text));

    await t.step("types, and shows what comes of it", async () => {
      await state(client, isOpen);
      assert.equal(type("echo $((6*7))\n"), true);
      await screen.shows(/^42\r$/m);
    });

    await t.step("loses and doubles no byte over losses while the guest talks", async () => {
      const before = screen.text.length;
      type('i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "line $i."; done; echo the end\n');
      for (let loss = 1; loss <= 5; loss++) {
        await screen.shows(new RegExp(`line ${loss * 400}\\.`), 60_000);
        line.cut();
        await state(client, ({ link }) => link.kind !== "live");
        await state(client, isOpen);
      }
      await screen.shows(/^the end\r$/m, 60_000);
      const lines = [...screen.text.slice(before).matchAll(/^line (\d+)\.\r$/gm)];
      assert.deepEqual(lines.map(([, number]) => Number(number)), [
        ...Array.from({ length: 3000 }, (_, index) => index + 1),
      ]);
      assert.deepEqual([...new Set(screen.words)], ["first", "resumed"]);
    });

    await t.step("a paste larger than the window arrives whole", async () => {
      const text = hexOf(75_000).replace(
        /.{100}/g,
        "$&\n",
      );
      // A terminal's line is short, so the paste has lines; without its echo the line is quiet.
      type("stty -echo; head -c 151500 | sha256sum; stty echo\n");
      await screen.shows(/stty echo\r\n/);
      assert.equal(type(text), true);
      const digest = await crypto.subtle.digest("SHA-256", encoder.encode(text));
      await screen.shows(new RegExp(new Uint8Array(digest).toHex()), 90_000);
      assert.equal(client.state.waiting, 0);
    });

    await t.step("two clients see the same, know of each other, and one answers", async () => {
      const other = new Screen();
      const viewer = connect(other, await server.user("reader", "viewer"));
      const { readOnly, responder, viewerId } = await state(viewer, isOpen);
      assert.equal(readOnly, true);
      assert.notEqual(responder, viewerId);
      assert.equal(viewer.type(Uint8Array.of(13)), false);
      const { viewers } = await state(client, ({ viewers }) => viewers.length === 2);
      assert.deepEqual(viewers.map(({ user, readOnly }) => [user, readOnly]), [
        ["admin", false],
        ["reader", true],
      ]);
      assert.equal(client.resizeHint(97, 31), true);
      await state(viewer, ({ size }) => size?.columns === 97 && size.rows === 31);
      type("echo shared $((1+1))\n");
      await Promise.all([screen, other].map((one) => one.shows(/^shared 2\r$/m)));
      assert.ok(screen.text.endsWith(other.text.slice(-200)));
      viewer.close();
      await state(client, ({ viewers }) => viewers.length === 1);
    });

    await t.step(
      "a guest that is switched off and on again goes on in the same client",
      async () => {
        await virsh(SYSTEM, "destroy", name);
        const { line } = await state(client, ({ line }) => line.kind === "closed");
        assert.deepEqual(line, { kind: "closed", reason: "stopped" });
        await virsh(SYSTEM, "start", name);
        await state(client, isOpen);
        await screen.until(() => screen.words.at(-1) === "next", "the next stream");
        assert.deepEqual(screen.words.slice(-2), ["eof stopped", "next"]);
      },
    );
    client.close();
  },
});

/** So many random bytes in hexadecimal digits. */
function hexOf(bytes: number): string {
  let text = "";
  for (let left = bytes; left > 0; left -= 25_000) {
    text += crypto.getRandomValues(new Uint8Array(Math.min(left, 25_000))).toHex();
  }
  return text;
}
