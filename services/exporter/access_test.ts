import assert from "node:assert/strict";
import { GlassError } from "../errors.ts";
import type { Session } from "../identity/sessions.ts";
import type { VMRecord } from "../vms/mod.ts";
import { type Access, type Reader, visible } from "./access.ts";

const VM = { uuid: "u", name: "web1" } as VMRecord;
const SIGNED_IN: Session = {
  id: "s",
  user: { name: "alice", role: "viewer" },
  expiresAt: Date.now() + 60_000,
};

const reader = (address: string, more: Partial<Reader> = {}): Reader => ({
  session: null,
  address,
  headers: new Headers(),
  ...more,
});

const refused = (error: unknown) =>
  error instanceof GlassError && error.code === "UNAUTHENTICATED" &&
  /metrics\.access/.test(error.message);

for (const address of ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"]) {
  Deno.test(`visible shows all VMs to this machine at ${address}, unless a token is demanded`, () => {
    assert.ok(visible("loopback", reader(address))(VM));
    assert.throws(() => visible("token", reader(address)), refused);
  });
}

for (const address of ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1", "127.0.0.1.example", ""]) {
  Deno.test(`visible refuses "${address}", which is not this machine`, () => {
    assert.throws(() => visible("loopback", reader(address)), refused);
  });
}

for (const name of ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"]) {
  Deno.test(`visible refuses what came through a proxy on this machine, by ${name}`, () => {
    const headers = new Headers({ [name]: "192.0.2.7" });
    assert.throws(() => visible("loopback", reader("127.0.0.1", { headers })), refused);
  });
}

for (const access of ["loopback", "token"] satisfies Access[]) {
  Deno.test(`visible shows with ${access} to who is signed in what they see`, () => {
    assert.ok(visible(access, reader("192.0.2.7", { session: SIGNED_IN }))(VM));
    const session = { ...SIGNED_IN, expiresAt: Date.now() - 1 };
    assert.equal(visible(access, reader("127.0.0.1", { session }))(VM), false);
  });
}
