import assert from "node:assert/strict";
import { SendCredit } from "./send_credit.ts";

const KEY = new Uint8Array(1);

Deno.test("SendCredit gives nothing before the daemon has answered", () => {
  assert.equal(new SendCredit().spend(KEY), false);
});

Deno.test("SendCredit is spent after a few small pieces, and whole again after an answer", () => {
  const credit = new SendCredit();
  credit.renew();
  let pieces = 0;
  while (credit.spend(KEY)) pieces++;
  assert.equal(pieces, 16);
  assert.equal(credit.isSpent, true);
  credit.renew();
  assert.equal(credit.spend(KEY), true);
});

Deno.test("SendCredit is for small pieces that nothing uncounted has gone before", () => {
  const credit = new SendCredit();
  credit.renew();
  assert.equal(credit.spend(new Uint8Array(129)), false);
  assert.equal(credit.spend(new Uint8Array(0)), false);
  assert.equal(credit.spend(new Uint8Array(128)), true);
  credit.forfeit();
  assert.equal(credit.spend(KEY), false);
});
