import assert from "node:assert/strict";
import { clockTime, day, moment, second, utcDay } from "@/components/moment.ts";
import { learn, speak } from "@/texts/mod.ts";

const TIME = "2023-05-06T17:13:42.637Z";

Deno.test("times are in UTC, as the language writes them", async () => {
  assert.equal(moment(TIME), "2023-05-06 17:13 UTC");
  assert.equal(second(TIME), "2023-05-06 17:13:42");
  assert.equal(day(TIME), "2023-05-06");
  assert.equal(utcDay(TIME), "2023-05-06 UTC");
  assert.equal(clockTime(TIME), "17:13:42");
  assert.equal(clockTime("2023-05-06T00:00:09Z"), "00:00:09");
  await learn("de");
  speak("de");
  try {
    assert.equal(moment(TIME), "06.05.2023, 17:13 UTC");
    assert.equal(second(TIME), "06.05.2023, 17:13:42");
    assert.equal(day(TIME), "06.05.2023");
    assert.equal(clockTime(TIME), "17:13:42");
  } finally {
    speak("en");
  }
});
