import assert from "node:assert/strict";
import { HostHistory } from "./host_history.ts";
import { read, save } from "./saved.ts";

/** An hour by the steady clock: times of a process that has run for long are past its beginning. */
const HOUR = 3_600_000;

/** A history with a sample for every five seconds of the hour that ends at `end`. */
function measured(end: number): HostHistory {
  const made = new HostHistory();
  for (let at = end - HOUR; at <= end; at += 5000) {
    made.history.row.set([at % 97, at % 89]);
    made.history.push(at);
  }
  return made;
}

Deno.test("read after save has every row folded once, at whatever tenth of a second each was", () => {
  for (let phase = 0; phase < 200; phase += 7) {
    // The clocks differ, but not where they begin a new point of 15 s or 120 s.
    const [end, later] = [2 * HOUR + 2500 + phase, HOUR + 3000 + phase * 3];
    const before = measured(end);
    const after = new HostHistory();
    const waiting: number[] = [];
    for (const [n, tier] of before.history.tiers.entries()) {
      const to = after.history.tiers[n]!;
      const unfolded = before.history.unfolded(n);
      const saved = save({ series: before.series, unfolded, rows: tier.rows }, end);
      const { rows, unfolded: left } = read(saved, to, later)!;
      to.rows = rows;
      waiting.push(left);
    }
    after.history.resume(waiting);
    for (const step of [15, 120]) {
      const span = { since: HOUR / 1000 + 100, until: 0, step };
      const known = before.history.points(span, { unix: 0, steady: end });
      const found = after.history.points(span, { unix: 0, steady: later + 1000 });
      const what = `${step} s, ${phase} ms`;
      assert.equal(found.time.length, known.time.length + 1, what);
      found.means[0]!.slice(0, -1).forEach((mean, n) =>
        assert.ok(Math.abs(mean - known.means[0]![n]!) < 0.11, `${what}, ${n}: ${mean}`)
      );
    }
  }
});
