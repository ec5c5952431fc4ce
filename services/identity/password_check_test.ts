import assert from "node:assert/strict";
import { GlassError } from "@/services/errors.ts";
import { demandGoodPassword } from "./password_check.ts";

const GOOD = [
  "correct horse 42",
  "battery staple",
  "kx7p-9qmz-r4tw",
  "grüße-schöne",
  "x9!Lq2#vT",
];
for (const password of GOOD) {
  Deno.test(`demandGoodPassword takes "${password}"`, () => demandGoodPassword(password, "alice"));
}

const BAD: [password: string, why: RegExp][] = [
  ["", /8 to 1024 characters; this one has 0/],
  ["seven77", /this one has 7/],
  ["x".repeat(1025), /this one has 1025/],
  ["password1", /common password/],
  ["12345678", /ten most common/],
  ["qwertyuiop", /hundred most common/],
  ["Passw0rd!", /close to a common password/],
  ["hunter22", /close to a common password/],
  ["xxxxxxxxxxxxxxxx", /repeats itself/],
  ["virtglass", /the user's name or of virtglass/],
  ["alice2024!", /the user's name/],
  ["abcdefgh", /too easy to guess/],
  ["qazwsxedc", /too easy to guess/],
];
for (const [password, why] of BAD) {
  Deno.test(`demandGoodPassword refuses "${password.slice(0, 20)}", and does not repeat it`, async () => {
    await assert.rejects(demandGoodPassword(password, "alice"), (error: unknown) => {
      assert.ok(error instanceof GlassError && error.code === "INVALID_MESSAGE");
      assert.match(error.message, why);
      assert.ok(password === "" || password === "virtglass" || !error.message.includes(password));
      return true;
    });
  });
}
