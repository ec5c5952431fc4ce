import assert from "node:assert/strict";
import { join } from "node:path";
import { GlassError } from "@/services/errors.ts";
import { COMMAND_LINE } from "./actor.ts";
import { codeAt, stepAt } from "./totp.ts";
import { atOneMoment, Identity, later, PASSWORD } from "@/tests/services/identity.ts";

const refusedAs = (code: string) => (error: unknown) =>
  error instanceof GlassError && error.code === code;
const NOW = 0;
const STEP = 30_000;

/** Turns alice's factor on with a code of now; returns its secret and recovery codes. */
async function enrolled({ sessions: { secondFactors } }: Identity) {
  const secret = Uint8Array.from(secondFactors.begin("session", "alice"));
  const code = (off: number) => codeAt(secret, stepAt(Date.now()) + off);
  const recovery = await secondFactors.confirm("session", "alice", await code(-1), COMMAND_LINE);
  assert.equal(recovery?.length, 10);
  return { secret, code, recovery };
}

Deno.test("SecondFactors counts once a code has confirmed it, and not before", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    secondFactors.begin("session", "alice");
    assert.equal(await secondFactors.confirm("session", "alice", "000000", COMMAND_LINE), null);
    assert.equal(await secondFactors.confirm("other", "alice", "000000", COMMAND_LINE), null);
    assert.equal(secondFactors.isOn("alice"), false);
    await identity.sessions.login("alice", PASSWORD);

    await enrolled(identity);
    assert.equal(secondFactors.isOn("alice"), true);
    assert.equal(secondFactors.pending("session"), null);
    await assert.rejects(identity.sessions.login("alice", PASSWORD), refusedAs("TOTP_REQUIRED"));
    assert.throws(() => secondFactors.begin("session", "alice"), refusedAs("CONFLICT"));
  }));

Deno.test("SecondFactors forgets a secret that nobody confirms in a quarter of an hour", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    const secret = Uint8Array.from(secondFactors.begin("session", "alice"));
    await later(16 * 60_000, async () => {
      assert.equal(secondFactors.pending("session"), null);
      const code = await codeAt(secret, stepAt(Date.now()));
      assert.equal(await secondFactors.confirm("session", "alice", code, COMMAND_LINE), null);
    });
  }));

Deno.test("SecondFactors.spend takes each code once, and none older than the last", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    const { code } = await enrolled(identity);
    const [used, now, next] = [await code(-1), await code(0), await code(1)];
    assert.equal(await secondFactors.spend("alice", used), false, "the one that turned it on");
    assert.equal(await secondFactors.spend("alice", ` ${next.slice(0, 3)} ${next.slice(3)}`), true);
    assert.equal(await secondFactors.spend("alice", next), false, "once more");
    assert.equal(await secondFactors.spend("alice", now), false, "older");
    await later(2 * STEP, async () => {
      assert.equal(await secondFactors.spend("alice", await code(NOW)), true);
    });
  }));

Deno.test("SecondFactors.spend takes a code of two that show it at once from one", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    const { code, recovery } = await enrolled(identity);
    for (const shown of [await code(0), recovery[0]!]) {
      const both = await Promise.all([
        secondFactors.spend("alice", shown),
        secondFactors.spend("alice", shown),
      ]);
      assert.deepEqual(both.toSorted(), [false, true]);
    }
  }));

Deno.test("SecondFactors.spend takes each recovery code once, however it is typed", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    const { recovery: [first = "", second = ""] } = await enrolled(identity);
    assert.equal(secondFactors.recoveryLeft("alice"), 10);
    assert.equal(await secondFactors.spend("alice", first.toUpperCase().replaceAll("-", "")), true);
    assert.equal(await secondFactors.spend("alice", first), false);
    assert.equal(await secondFactors.spend("alice", second), true);
    assert.equal(secondFactors.recoveryLeft("alice"), 8);
    const renewed = await secondFactors.renewRecovery("alice", COMMAND_LINE);
    assert.equal(secondFactors.recoveryLeft("alice"), 10);
    assert.equal(await secondFactors.spend("alice", renewed[9]!), true);
  }));

Deno.test("SecondFactors refuses after five wrong codes, the right one too, until the window ends", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    const { code, recovery } = await enrolled(identity);
    // At once, since what is spent while another is looked at must count as well.
    const guesses = await Promise.allSettled(
      Array.from(
        { length: 50 },
        (_, n) => secondFactors.spend("alice", String(n).padStart(6, "0")),
      ),
    );
    assert.equal(guesses.filter(({ status }) => status === "fulfilled").length, 5);
    await assert.rejects(secondFactors.spend("alice", await code(0)), refusedAs("RATE_LIMITED"));
    await assert.rejects(secondFactors.spend("alice", recovery[0]!), refusedAs("RATE_LIMITED"));
  }));

Deno.test("SecondFactors lets somebody sign in often: only wrong codes are counted", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    const { recovery } = await enrolled(identity);
    for (const code of recovery) assert.equal(await secondFactors.spend("alice", code), true);
  }));

Deno.test("SecondFactors keeps neither the secret nor a recovery code as it is", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secret, recovery } = await enrolled(identity);
    const [row] = identity.store.all<{ secret: string; recovery: string }>(
      "SELECT secret, recovery FROM second_factors",
    );
    const sealed = Uint8Array.from(atob(row!.secret), (character) => character.charCodeAt(0));
    assert.ok(!String(sealed).includes(String(secret)));
    for (const code of recovery) {
      assert.ok(!row!.recovery.includes(code) && !row!.recovery.includes(code.replaceAll("-", "")));
    }
    assert.equal(Deno.statSync(join(identity.path, "secrets.key")).mode! & 0o777, 0o600);
  }));

Deno.test("SecondFactors sealed for one user opens for no other, and says what to do without the key", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    await enrolled(identity);
    await identity.users.add("bob", "viewer", PASSWORD, COMMAND_LINE);
    identity.store.run(
      `INSERT INTO second_factors
     SELECT 'bob', secret, recovery, 0, created_at FROM second_factors WHERE user = 'alice'`,
    );
    await assert.rejects(
      secondFactors.spend("bob", "000000"),
      (error: Error) => refusedAs("CONFLICT")(error) && /reset-2fa bob$/.test(error.message),
    );
  }));

Deno.test("SecondFactors.turnOff lets the password do alone, and says whether it was on", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { secondFactors } = identity.sessions;
    await enrolled(identity);
    assert.equal(secondFactors.turnOff("alice", COMMAND_LINE), true);
    assert.equal(secondFactors.turnOff("alice", COMMAND_LINE), false);
    await identity.sessions.login("alice", PASSWORD);
  }));

Deno.test("Sessions.login asks for the code after the password alone, and tells neither apart before", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { sessions } = identity;
    const { code } = await enrolled(identity);
    const from = { address: null, device: null };
    await assert.rejects(sessions.login("alice", "wrong password"), refusedAs("UNAUTHENTICATED"));
    await assert.rejects(
      sessions.login("alice", "wrong password", { ...from, code: await code(0) }),
      refusedAs("UNAUTHENTICATED"),
    );
    await assert.rejects(
      sessions.login("alice", PASSWORD, { ...from, code: "000000" }),
      refusedAs("UNAUTHENTICATED"),
    );
    await sessions.login("alice", PASSWORD, { ...from, code: await code(0) });
  }));

Deno.test("Sessions.answerChallenge takes a challenge once, for five minutes, while the password stands", () =>
  atOneMoment(async () => {
    using identity = await Identity.create();
    const { sessions } = identity;
    const { recovery } = await enrolled(identity);
    const from = { address: null, device: null };
    const challenge = async (password = PASSWORD) => {
      const error = await sessions.loginBrowser("alice", password).catch((error) => error);
      assert.equal(error.code, "TOTP_REQUIRED");
      assert.ok(!Deno.inspect(error).includes(error.challenge), "it is in nothing that is printed");
      return error.challenge as string;
    };
    const first = await challenge();
    await assert.rejects(sessions.answerChallenge(first, "000000", from), /not right/);
    const cookie = await sessions.answerChallenge(first, recovery[0]!, from);
    assert.equal((await sessions.fromCookie(cookie))?.user.name, "alice");
    await assert.rejects(sessions.answerChallenge(first, recovery[1]!, from), /took too long/);
    await assert.rejects(sessions.answerChallenge("", recovery[1]!, from), /took too long/);

    const late = await challenge();
    await later(6 * 60_000, async () => {
      await assert.rejects(sessions.answerChallenge(late, recovery[1]!, from), /took too long/);
    });
    const old = await challenge();
    await identity.users.changePassword("alice", "battery staple 42", COMMAND_LINE);
    await assert.rejects(sessions.answerChallenge(old, recovery[1]!, from), /took too long/);

    // By another process, which tells nobody.
    const older = await challenge("battery staple 42");
    identity.store.run("UPDATE users SET password = 'another' WHERE name = 'alice'");
    await assert.rejects(sessions.answerChallenge(older, recovery[1]!, from), /took too long/);
  }));
