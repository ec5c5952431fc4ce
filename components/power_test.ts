import assert from "node:assert/strict";
import { CHOICES, choicesFor, isChoice, isForced } from "@/components/power.ts";
import { STATUSES } from "@/protocol/mod.ts";
import { power } from "@/texts/mod.ts";
import { impossible } from "@/services/commands/possible.ts";

Deno.test("choicesFor offers no request that a guest in this state cannot hear", () => {
  for (const status of ["paused", "stopped", "crashed", "shutdown", "unknown"] as const) {
    const asked = choicesFor(status).filter((name) => !CHOICES[name].force);
    assert.ok(!asked.includes("shut-down") && !asked.includes("restart"), status);
  }
  assert.ok(!choicesFor("running").includes("start"));
  assert.deepEqual(choicesFor("stopped"), ["start"]);
});

Deno.test("choicesFor offers nothing that the server refuses in this state", () => {
  for (const status of STATUSES) {
    for (const name of choicesFor(status)) {
      const { action, force } = CHOICES[name];
      assert.equal(impossible(action, status, force), null, `${name} while ${status}`);
    }
  }
  assert.deepEqual(choicesFor("crashed"), ["start", "power-off"]);
});

Deno.test("every forced choice has its warning", () => {
  for (const [name, { force }] of Object.entries(CHOICES)) {
    assert.equal(Object.hasOwn(power.warning, name), force, name);
    assert.equal(isForced(name), force, name);
  }
});

Deno.test("isChoice knows its own names only", () => {
  assert.ok(isChoice("power-off"));
  for (const name of ["", null, "constructor", "POWER-OFF"]) assert.equal(isChoice(name), false);
});
