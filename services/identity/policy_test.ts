import assert from "node:assert/strict";
import type { Role } from "@/protocol.ts";
import { GlassError } from "@/services/errors.ts";
import { demand, may, type Operation } from "./policy.ts";
import type { Session } from "./sessions.ts";

/** Written out by hand from the contract, so that it cannot be wrong together with the code. */
const MATRIX: Record<Operation, Record<Role, boolean>> = {
  "read": { admin: true, operator: true, viewer: true },
  "console.read": { admin: true, operator: true, viewer: true },
  "console.write": { admin: true, operator: true, viewer: false },
  "record": { admin: true, operator: true, viewer: false },
  "record.delete": { admin: true, operator: false, viewer: false },
  "start": { admin: true, operator: true, viewer: false },
  "stop": { admin: true, operator: true, viewer: false },
  "restart": { admin: true, operator: true, viewer: false },
  "suspend": { admin: true, operator: true, viewer: false },
  "resume": { admin: true, operator: true, viewer: false },
};

const VM = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" };
const session = (role: Role, expiresAt = Date.now() + 60_000): Session => ({
  id: "session",
  user: { name: "alice", role },
  expiresAt,
});

for (const [operation, roles] of Object.entries(MATRIX) as [Operation, typeof MATRIX["read"]][]) {
  for (const [role, allowed] of Object.entries(roles) as [Role, boolean][]) {
    Deno.test(`may ${allowed ? "lets" : "does not let"} ${role} do ${operation}`, () => {
      assert.equal(may(session(role), operation, VM), allowed);
      assert.equal(may(session(role), operation, null), allowed);
    });
  }
}

Deno.test("may denies everything to a session that has expired", () => {
  const expired = session("admin", Date.now() - 1);
  for (const operation of Object.keys(MATRIX) as Operation[]) {
    assert.equal(may(expired, operation, VM), false, operation);
  }
});

for (const operation of ["delete", "constructor", "__proto__", ""]) {
  Deno.test(`may denies even to admin the unlisted operation "${operation}"`, () => {
    assert.equal(may(session("admin"), operation as Operation, VM), false);
  });
}

Deno.test("demand says who may not do what on which VM", () => {
  assert.throws(
    () => demand(session("viewer"), "stop", VM, "web1"),
    (error: unknown) =>
      error instanceof GlassError && error.code === "FORBIDDEN" &&
      error.message === 'User "alice" (viewer) may not do "stop" on VM "web1".',
  );
});

Deno.test("demand lets pass what may allows", () => {
  demand(session("operator"), "stop", VM, "web1");
});
