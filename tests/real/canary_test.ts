import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { stored } from "@/tests/harness/stored.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: canaries in a console: ${problem}`);

Deno.test({
  name: "canaries: a password that is typed into a console is kept and told nowhere",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-canary";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    const passwords = ["binary", "base64"].map((way) =>
      `canary-${way}-${crypto.randomUUID().replaceAll("-", "")}`
    );
    const [first = "", second = ""] = passwords;
    // What the guest makes of one shows that it has arrived.
    const asks = (n: number) =>
      `stty -echo; echo ask-$((${n})); read p; stty echo; echo "$p" | md5sum\n`;
    const told: string[] = [];

    await t.step("recorded, watched by another, over both protocols", async () => {
      using watcher = await server.console(name);
      using events = await server.socket("/ws/events");
      events.send("subscribe", { topics: ["vms", "events", "commands"] });
      const answer = await server.fetch(`/api/v1/vms/${name}/recordings`, { method: "POST" });
      assert.equal(answer.status, 201);
      told.push(await answer.text());

      using binary = await server.console(name);
      await binary.next("attached");
      binary.type("\n");
      await binary.shows(/# /);
      binary.type(asks(1));
      await binary.shows(/ask-1\r/);
      binary.type(`${first}\n`);
      await binary.shows(new RegExp(md5(first)));

      using json = await server.socket(`/ws/vms/${name}/console`);
      await json.typeOnceOpen(asks(2));
      await json.shows(/ask-2\r/);
      json.type(`${second}\n`);
      await json.shows(new RegExp(md5(second)));
      await watcher.shows(new RegExp(md5(second)));
      told.push(watcher.text, JSON.stringify([watcher, events, json].map((one) => one.messages)));
    });

    await t.step("no message, record, log or file has it", async () => {
      for (const path of ["/api/v1/audit?limit=1000", "/api/v1/recordings", "/metrics"]) {
        told.push(await (await server.fetch(path)).text());
      }
      // The search finds what is there: what the guest said of it is in the recording, in pieces.
      const cast = await eventually(async () => {
        const [{ id }] = await server.json("/api/v1/recordings") as [{ id: string }];
        const text = await (await server.fetch(`/api/v1/recordings/${id}/cast`)).text();
        const whole = text.trimEnd().split("\n").map((line) => JSON.parse(line)[2] ?? "").join("");
        return passwords.every((password) => whole.includes(md5(password))) && whole;
      }, { for: "the recording to be written" });
      const running = await stored(server.dataDir);
      await server.stop();
      const kept = await stored(server.dataDir);
      const all = [...told, cast, running, kept, JSON.stringify(server.logs)];
      for (const password of passwords) {
        for (const form of forms(password)) {
          assert.deepEqual(all.filter((text) => text.includes(form)), [], form);
        }
      }
    });
  },
});

/** As it may stand somewhere: as it is, and in the codes that bytes travel in. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // What follows it changes the last character.
  return [secret, bytes.toString("base64").replace(/.=*$/, ""), bytes.toString("hex")];
}

function md5(text: string): string {
  return createHash("md5").update(`${text}\n`).digest("hex");
}
