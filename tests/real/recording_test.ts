import assert from "node:assert/strict";
import { Recording } from "@/protocol/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: recordings of a real guest: ${problem}`);

Deno.test({
  name: "recordings of a real guest",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-rec-guest";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({
      connect: SYSTEM,
      args: ["--recordings-input", "true", "--console-linger", "0"],
    });
    let id = "";

    await t.step("a recording starts, and who looks at the console is told", async () => {
      using console = await server.socket(`/ws/vms/${name}/console`);
      await console.next("attached", ({ recording }) => !recording);
      console.send("resize_hint", { columns: 120, rows: 40 });
      console.send("heartbeat", {});
      await console.next("heartbeat");
      const { id: started } = await start(server, name);
      id = started;
      await console.next("presence", ({ recording }) => recording);
      await console.typeOnceOpen("\n");
      await console.shows(/# /);
      console.type("echo rec-$((6*7))-€\n");
      await console.shows(/^rec-42-€\r$/m);
    });

    await t.step("it hears what the guest says though nobody looks any more", async () => {
      await eventually(async () => said(await cast(server, id)).includes("rec-42-€"), {
        for: "the console to be in the file",
      });
      await virsh(SYSTEM, "reset", name);
      await eventually(async () => /rec-42[^]*Enter 'help'/.test(said(await cast(server, id))), {
        for: "the guest's next boot in the file",
        deadline: 60_000,
        every: 200,
      });
    });

    await t.step("it survives a guest that stops and starts, with a mark between", async () => {
      await virsh(SYSTEM, "destroy", name);
      await eventually(async () => (await cast(server, id)).includes('"m","The guest stopped."'), {
        for: "the mark",
      });
      await virsh(SYSTEM, "start", name);
      const booted = /The guest stopped[^]*Enter 'help'/;
      await eventually(async () => booted.test(said(await cast(server, id))), {
        for: "the guest's boot in the file",
        deadline: 60_000,
        every: 200,
      });
    });

    await t.step("it ends when it is stopped, and has what was said and typed", async () => {
      using console = await server.socket(`/ws/vms/${name}/console`);
      await console.next("attached", ({ recording }) => recording);
      const response = await server.fetch(`/api/v1/recordings/${id}/stop`, { method: "POST" });
      const stopped = Recording.parse(await response.json());
      assert.equal(stopped.ended, "Stopped by admin.");
      await console.next("presence", ({ recording }) => !recording);
      const text = await cast(server, id);
      assert.equal(stopped.bytes, new TextEncoder().encode(text).length);
      const [header, ...events] = text.trimEnd().split("\n").map((line) => JSON.parse(line));
      assert.deepEqual(header, { ...header, version: 2, title: name, width: 120, height: 40 });
      assert.match(events.filter(is("i")).map(texts).join(""), /echo rec-\$\(\(6\*7\)\)-€\n/);
      const times = events.map(([time]: [number]) => time);
      assert.deepEqual(times, times.toSorted((a: number, b: number) => a - b));
    });

    await t.step("a server that is killed leaves a recording that plays", async () => {
      const { id: killed } = await start(server, name);
      using console = await server.socket(`/ws/vms/${name}/console`);
      await console.typeOnceOpen("\n");
      console.type("echo last-$((1+1))\n");
      await console.shows(/^last-2\r$/m);
      await eventually(async () => said(await cast(server, killed)).includes("last-2"), {
        for: "the console to be in the file",
      });
      const file = `${server.dataDir}/recordings/${killed}.cast`;
      await server.stop("SIGKILL");
      for (const line of (await Deno.readTextFile(file)).trimEnd().split("\n")) JSON.parse(line);
    });
  },
});

async function start(server: Server, vm: string): Promise<Recording> {
  const response = await server.fetch(`/api/v1/vms/${vm}/recordings`, { method: "POST" });
  assert.equal(response.status, 201);
  return Recording.parse(await response.json());
}

async function cast(server: Server, id: string): Promise<string> {
  const response = await server.fetch(`/api/v1/recordings/${id}/cast`);
  return await response.text();
}

/** What the guest said, and the marks. */
function said(cast: string): string {
  return cast.trimEnd().split("\n").slice(1).map((line) => JSON.parse(line))
    .filter((event) => event[1] !== "i").map(texts).join("");
}

const is = (code: string) => (event: [number, string, string]) => event[1] === code;
const texts = ([, , text]: [number, string, string]) => text;
