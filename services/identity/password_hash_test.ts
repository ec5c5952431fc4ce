import assert from "node:assert/strict";
import { RateLimited } from "@/services/errors.ts";
import { quickHashes } from "@/tests/services/quick_hashes.ts";

Deno.test("PasswordHashes refuses what comes while two hundred wait, and nobody after that", async () => {
  const hashes = quickHashes();
  const made = await Promise.allSettled(Array.from({ length: 203 }, () => hashes.make("secret")));
  const refused = made.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
  assert.deepEqual(refused.map(({ reason }) => reason instanceof RateLimited), [true]);
  assert.ok(await hashes.fits("secret", await hashes.make("secret")));
});
