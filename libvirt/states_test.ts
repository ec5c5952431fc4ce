import assert from "node:assert/strict";
import { DomainState, reasonName, stateName } from "./states.ts";

Deno.test("stateName has a name for every virDomainState", () => {
  for (const [name, state] of Object.entries(DomainState)) assert.equal(stateName(state), name);
});

Deno.test("stateName and reasonName answer for numbers that nobody knows", () => {
  assert.equal(stateName(99), "nostate");
  assert.equal(reasonName(99, 1), "unknown");
  assert.equal(reasonName(DomainState.running, 99), "unknown");
});

Deno.test("reasonName depends on the state", () => {
  assert.equal(reasonName(DomainState.running, 1), "booted");
  assert.equal(reasonName(DomainState.paused, 1), "user");
  assert.equal(reasonName(DomainState.paused, 5), "I/O error");
  assert.equal(reasonName(DomainState.shutoff, 2), "destroyed");
  assert.equal(reasonName(DomainState.crashed, 1), "panicked");
});
