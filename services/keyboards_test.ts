import assert from "node:assert/strict";
import { KEYS } from "@/protocol/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { ADDRESS, session, TestHost } from "@/tests/services/test_host.ts";
import { codesOf } from "./keyboards.ts";

Deno.test("codesOf knows every key, as Linux numbers them", () => {
  assert.deepEqual(codesOf("ctrl-alt-delete"), [29, 56, 111]);
  assert.deepEqual(codesOf("sysrq-b"), [56, 99, 48]);
  for (const keys of KEYS) {
    assert.equal(codesOf(keys).length, 3, keys);
    assert.ok(codesOf(keys).every(Number.isInteger), keys);
  }
});

Deno.test("Keyboards.press records of all keys that were not pressed that they were not, and why", async () => {
  await using host = await TestHost.start();
  const { hypervisor, keyboards, gate } = host.services;
  const away = new GlassError("LIBVIRT_UNAVAILABLE", "libvirt is away.");
  hypervisor.command = () => Promise.reject(away);
  const given = ["sysrq-s", "sysrq-u", "sysrq-b"] as const;
  for (const keys of given) {
    await assert.rejects(keyboards.press(session("operator"), ADDRESS, "test", keys), away);
  }
  const records = gate.audit.list(session("admin"), { kind: "console.keys" }, 10).toReversed();
  assert.deepEqual(
    records.map(({ result, detail }) => [result, detail]),
    given.flatMap((keys) => [
      ["ok", { keys }],
      ["failed", { keys, code: away.code, message: away.message }],
    ]),
  );
});
