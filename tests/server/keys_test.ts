import assert from "node:assert/strict";
import { AuditRecord, Problem } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { Server } from "@/tests/harness/server.ts";

Deno.test("keys over REST", async (t) => {
  await using server = await Server.start({
    connect: "test:///default",
    args: ["--limits-commands", "5"],
  });
  const operator = await server.user("olga", "operator");
  const viewer = await server.user("vera", "viewer");
  const press = (body: unknown, token: string, vm = "test") =>
    server.fetch(`/api/v1/vms/${vm}/keys`, {
      method: "POST",
      token,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const audited = async () => {
    const records = z.array(AuditRecord).parse(
      await server.json("/api/v1/audit?limit=100&kind=console.keys"),
    );
    return records.map(({ user, vm, result, detail }) => [user, vm?.name, result, detail.keys]);
  };

  await t.step("an operator presses them, and it is recorded", async () => {
    const answer = await press({ keys: "ctrl-alt-delete" }, operator);
    assert.deepEqual([await answer.text(), answer.status], ["", 204]);
    assert.deepEqual(await audited(), [["olga", "test", "ok", "ctrl-alt-delete"]]);
  });

  await t.step("a viewer does not, which is recorded too", async () => {
    assert.deepEqual(await problem(await press({ keys: "sysrq-b" }, viewer)), [403, "FORBIDDEN"]);
    assert.deepEqual((await audited())[0], ["vera", "test", "refused", "sysrq-b"]);
  });

  await t.step("other keys, other fields and other VMs are refused", async () => {
    for (const body of [{ keys: "sysrq-o" }, { keys: [29] }, {}, { keys: "sysrq-h", hold: 9 }]) {
      assert.deepEqual(await problem(await press(body, operator)), [400, "INVALID_MESSAGE"]);
    }
    const unknown = await press({ keys: "sysrq-h" }, operator, "web9");
    assert.deepEqual(await problem(unknown), [404, "VM_NOT_FOUND"]);
  });

  await t.step("they count as commands", async () => {
    for (let n = 1; n < 5; n++) {
      const answer = await press({ keys: "sysrq-h" }, operator);
      assert.equal(answer.status, 204);
      await answer.body?.cancel();
    }
    const more = await press({ keys: "sysrq-h" }, operator);
    assert.deepEqual(await problem(more), [429, "RATE_LIMITED"]);
  });

  await t.step("a VM that is off has no keyboard", async () => {
    using socket = await server.socket("/ws/vms/test");
    socket.send("command", { action: "stop", force: true, requestId: "off" });
    assert.ok((await socket.next("response")).data.success);
    const off = await press({ keys: "sysrq-h" }, server.token);
    assert.deepEqual(await problem(off), [409, "VM_NOT_RUNNING"]);
  });
});

async function problem(response: Response): Promise<[number, string]> {
  const { status, code } = Problem.parse(await response.json());
  return [status, code];
}
