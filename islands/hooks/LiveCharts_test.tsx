import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { hostCharts } from "@/components/chart_spec.ts";
import { RANGES } from "@/components/ranges.ts";
import { LiveCharts } from "./LiveCharts.tsx";

const NOW = 1_700_000_400;

/** What stands above the host's CPU over seven days, of which the last step has a mean of 10. */
function shown(newest: Record<string, number | null> | null): string | undefined {
  const html = renderToString(
    <LiveCharts
      title="Load"
      specs={hostCharts(100).slice(0, 1)}
      history={{ step: 1800, time: [NOW], columns: { cpu: [10] }, peaks: {}, devices: [] }}
      newest={newest}
      range={RANGES.at(-1)!}
      zoom={null}
      live
      stale={false}
      now={NOW}
      shown
      choose={() => {}}
      zoomTo={() => {}}
      hear={() => {}}
    />,
  );
  return /class="tile-value">.*?([\d.]+)\D/.exec(html.replaceAll(/<span class="num.*?>/g, ""))?.[1];
}

Deno.test("LiveCharts says what was heard last, however long a step is", () => {
  assert.equal(shown(null), "10.0");
  assert.equal(shown({ cpu: 80.3 }), "80.3");
});
