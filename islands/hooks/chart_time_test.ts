import assert from "node:assert/strict";
import { axisTimes, pointTime, stretchTime } from "@/islands/hooks/chart_time.ts";

const AT = Date.parse("2026-07-06T23:12:30Z") / 1000;
const HOUR = 3600;

Deno.test("charts write times in UTC, and say so", () => {
  assert.equal(pointTime(AT, 300), "23:12:30 UTC");
  assert.equal(pointTime(AT, 2 * HOUR), "23:12 UTC");
  assert.equal(pointTime(AT, 48 * HOUR), "6 Jul 23:12 UTC");
  assert.equal(stretchTime({ from: AT, to: AT + 60 }), "23:12:30 to 23:13:30 UTC");
});

Deno.test("an axis says its clock once, and the day where one begins", () => {
  const midnight = Date.parse("2026-07-07T00:00:00Z") / 1000;
  const marks = [midnight - HOUR, midnight, midnight + HOUR];
  assert.deepEqual(axisTimes(marks, 3 * HOUR), ["23:00 UTC", "7 Jul", "01:00"]);
});
