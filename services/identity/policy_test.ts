import assert from "node:assert/strict";
import type { Role } from "@/protocol/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { demand, may, type OwnOperation, roleOn, seesAll, type VMOperation } from "./policy.ts";
import type { Session } from "./sessions.ts";

/** Written out by hand from the contract, so that it cannot be wrong together with the code. */
const ON_VMS: Record<VMOperation, Record<Role, boolean>> = {
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

/** Whom virtglass itself obeys; `none` is somebody with grants alone, an admin's among them. */
const OWN: Record<OwnOperation, Record<Role | "none", boolean>> = {
  "follow": { admin: true, operator: true, viewer: true, none: true },
  "account": { admin: true, operator: true, viewer: true, none: true },
  "users": { admin: true, operator: false, viewer: false, none: false },
  "audit": { admin: true, operator: false, viewer: false, none: false },
};
const OPERATIONS = [...Object.keys(ON_VMS), ...Object.keys(OWN)] as (VMOperation | OwnOperation)[];

const VM = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" };
const session = (role: Role, expiresAt = Date.now() + 60_000): Session => ({
  id: "session",
  user: { name: "alice", role },
  expiresAt,
});

const OTHER = { uuid: "1cb43bb2-c1c1-4a09-9a63-8a90e9a4b6f9" };
const granted = (role: Role): Session => ({
  id: "session",
  user: { name: "vera", role: null, grants: [{ uuid: VM.uuid, role }] },
  expiresAt: Date.now() + 60_000,
});

for (const operation of Object.keys(ON_VMS) as VMOperation[]) {
  for (const [role, allowed] of Object.entries(ON_VMS[operation]) as [Role, boolean][]) {
    Deno.test(`may ${allowed ? "lets" : "does not let"} ${role} do ${operation}`, () => {
      assert.equal(may(session(role), operation, VM), allowed);
      assert.equal(may(session(role), operation, null), allowed);
    });

    Deno.test(`may ${allowed ? "lets" : "does not let"} ${role} on one VM do ${operation} there alone`, () => {
      assert.equal(may(granted(role), operation, VM), allowed);
      assert.equal(may(granted(role), operation, OTHER), false);
      assert.equal(may(granted(role), operation, null), false);
    });
  }
}

for (const operation of Object.keys(OWN) as OwnOperation[]) {
  for (const [role, allowed] of Object.entries(OWN[operation]) as [Role | "none", boolean][]) {
    const who = role === "none" ? "somebody with an admin's grant" : role;
    Deno.test(`may ${allowed ? "lets" : "does not let"} ${who} do ${operation}`, () => {
      const asker = role === "none" ? granted("admin") : session(role);
      assert.equal(may(asker, operation, null), allowed);
      assert.equal(may(asker, operation, VM), allowed);
    });
  }
}

Deno.test("may lets nobody without a role or grant do anything with a VM", () => {
  const nobody: Session = { ...session("viewer"), user: { name: "nobody", role: null } };
  for (const operation of Object.keys(ON_VMS) as VMOperation[]) {
    for (const subject of [VM, null]) assert.equal(may(nobody, operation, subject), false);
  }
});

Deno.test("seesAll holds for a role on all VMs, and for no grant", () => {
  for (const role of ["admin", "operator", "viewer"] as const) {
    assert.equal(seesAll(session(role)), true);
    assert.equal(seesAll(granted(role)), false);
  }
});

Deno.test("roleOn tells the role on a VM, and on all of them", () => {
  assert.deepEqual([VM, OTHER, null].map((vm) => roleOn(granted("operator").user, vm)), [
    "operator",
    null,
    null,
  ]);
  assert.deepEqual([VM, null].map((vm) => roleOn(session("viewer").user, vm)), [
    "viewer",
    "viewer",
  ]);
});

Deno.test("may denies everything to a session that has expired", () => {
  const expired = session("admin", Date.now() - 1);
  for (const operation of OPERATIONS) {
    assert.equal(may(expired, operation, VM), false, operation);
  }
});

for (const operation of ["delete", "constructor", "__proto__", ""]) {
  Deno.test(`may denies even to admin the unlisted operation "${operation}"`, () => {
    assert.equal(may(session("admin"), operation as VMOperation, VM), false);
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

Deno.test("demand says of somebody with grants that it is single VMs", () => {
  assert.throws(
    () => demand(granted("admin"), "users", null),
    (error: unknown) =>
      error instanceof GlassError &&
      error.message === 'User "vera" (single VMs) may not do "users".',
  );
});

Deno.test("demand lets pass what may allows", () => {
  demand(session("operator"), "stop", VM, "web1");
});
