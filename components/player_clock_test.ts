import assert from "node:assert/strict";
import { clock } from "@/components/player_clock.ts";

Deno.test("clock shows hours only when there are some", () => {
  const times: [number, string][] = [[0, "0:00"], [7.9, "0:07"], [754, "12:34"], [3723, "1:02:03"]];
  for (const [seconds, text] of times) assert.equal(clock(seconds), text);
});
