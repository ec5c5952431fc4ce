import assert from "node:assert/strict";
import { GlassError } from "@/services/errors.ts";
import { configOf } from "@/services/config/settings.ts";
import { Limits } from "@/services/limits/mod.ts";
import { configureLog } from "@/services/log.ts";
import { AuditFixture, ENTRY } from "@/tests/services/audit_fixture.ts";
import { session } from "@/tests/services/test_host.ts";
import { ConsoleTrail } from "./console_trail.ts";

await configureLog("json", "info");

const VM = ENTRY.vm!;
const OPERATOR = { session: session("operator"), address: "192.0.2.7" };
const VIEWER = { session: session("viewer"), address: "192.0.2.8" };
const UNLIMITED = { command() {} };
const KEY = new TextEncoder().encode("a");
const REPORT = new TextEncoder().encode("\x1b[24;21R");
const told = ({ records }: AuditFixture) =>
  records.map(({ kind, user, result }) => `${kind} ${user} ${result}`);
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof GlassError && error.code === code;

Deno.test("ConsoleTrail records who came, typed, took over and left, and how long it was", () => {
  using fixture = new AuditFixture();
  const trail = new ConsoleTrail(fixture.audit, UNLIMITED, OPERATOR, VM);
  trail.type(KEY);
  trail.takeOver(() => {});
  trail.leave();
  assert.deepEqual(told(fixture), [
    "console.attach operator ok",
    "console.input operator ok",
    "console.takeover operator ok",
    "console.detach operator ok",
  ]);
  for (const { address, vm } of fixture.records) {
    assert.deepEqual([address, vm], ["192.0.2.7", VM]);
  }
  assert.ok(Number(fixture.records[3]?.duration) >= 0);
});

Deno.test("ConsoleTrail records typing once a minute, over all sockets of a user", () => {
  using fixture = new AuditFixture();
  const trails = [1, 2].map(() => new ConsoleTrail(fixture.audit, UNLIMITED, OPERATOR, VM));
  for (let key = 0; key < 100; key++) for (const trail of trails) trail.type(KEY);
  assert.equal(told(fixture).filter((line) => line.startsWith("console.input")).length, 1);
});

Deno.test("ConsoleTrail refuses who may not type or take over, and records that", () => {
  using fixture = new AuditFixture();
  const trail = new ConsoleTrail(fixture.audit, UNLIMITED, VIEWER, VM);
  let begun = false;
  assert.throws(() => trail.type(KEY), refusedAs("FORBIDDEN"));
  assert.throws(() => trail.takeOver(() => begun = true), refusedAs("FORBIDDEN"));
  assert.equal(begun, false);
  assert.deepEqual(told(fixture), [
    "console.attach viewer ok",
    "console.input viewer refused",
    "console.takeover viewer refused",
  ]);
});

Deno.test("ConsoleTrail records each takeover that fails once more, with why", () => {
  using fixture = new AuditFixture();
  const trail = new ConsoleTrail(fixture.audit, UNLIMITED, OPERATOR, VM);
  const refusals = ["gone", "busy"].map((why) => new GlassError("CONSOLE_UNAVAILABLE", why));
  for (const refusal of refusals) trail.takeOver((failed) => failed(refusal));
  assert.deepEqual(
    fixture.records.slice(1).map(({ kind, result, detail }) => [kind, result, detail]),
    refusals.flatMap(({ code, message }) => [
      ["console.takeover", "ok", {}],
      ["console.takeover", "failed", { code, message }],
    ]),
  );
});

Deno.test("ConsoleTrail counts takeovers as commands, and records once that there were too many", () => {
  using fixture = new AuditFixture();
  const limits = new Limits(configOf({ limitsCommands: 2 }));
  const trail = new ConsoleTrail(fixture.audit, limits, OPERATOR, VM);
  for (let n = 0; n < 2; n++) trail.takeOver(() => {});
  for (let n = 0; n < 50; n++) {
    assert.throws(() => trail.takeOver(() => {}), refusedAs("RATE_LIMITED"));
  }
  assert.deepEqual(told(fixture), [
    "console.attach operator ok",
    "console.takeover operator ok",
    "console.takeover operator ok",
    "console.takeover operator refused",
  ]);
});

Deno.test("ConsoleTrail lets people watch and leave, not type or take over, without an audit log", () => {
  using fixture = new AuditFixture();
  const typing = new ConsoleTrail(fixture.audit, UNLIMITED, OPERATOR, VM);
  typing.type(KEY);
  fixture.break();
  const trail = new ConsoleTrail(fixture.audit, UNLIMITED, OPERATOR, VM);
  assert.throws(() => trail.takeOver(() => {}), refusedAs("AUDIT_UNAVAILABLE"));
  // Also who has typed within the minute: from the moment on at which it is known.
  for (const one of [trail, typing]) {
    assert.throws(() => one.type(KEY), refusedAs("AUDIT_UNAVAILABLE"));
  }
  trail.leave();
  fixture.mend();
  typing.type(KEY);
});

Deno.test("ConsoleTrail refuses who has typed, and may not any more", () => {
  using fixture = new AuditFixture();
  const person = { ...OPERATOR };
  const trail = new ConsoleTrail(fixture.audit, UNLIMITED, person, VM);
  trail.type(KEY);
  trail.type(KEY);
  person.session = session("viewer");
  assert.throws(() => trail.type(KEY), refusedAs("FORBIDDEN"));
});

Deno.test("ConsoleTrail does not say that somebody typed where a terminal answered the guest", () => {
  using fixture = new AuditFixture();
  const trail = new ConsoleTrail(fixture.audit, UNLIMITED, OPERATOR, VM);
  trail.type(REPORT);
  assert.deepEqual(told(fixture), ["console.attach operator ok"]);
  trail.type(KEY);
  assert.equal(told(fixture)[1], "console.input operator ok");
  const watching = new ConsoleTrail(fixture.audit, UNLIMITED, VIEWER, VM);
  assert.throws(() => watching.type(REPORT), refusedAs("FORBIDDEN"));
  assert.deepEqual(told(fixture).slice(2), ["console.attach viewer ok"]);
});
