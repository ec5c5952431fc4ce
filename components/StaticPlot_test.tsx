import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { hostCharts } from "@/components/chart_spec.ts";
import type { Column } from "@/components/history.ts";
import { StaticPlot } from "./StaticPlot.tsx";

/** The paths of CPU over ten points of a second. */
function paths(cpu: Column): { dots: string | undefined; line: string | undefined } {
  const html = renderToString(
    <StaticPlot
      spec={hostCharts(1)[0]!}
      history={{ step: 1, time: cpu.map((_, at) => at), columns: { cpu }, peaks: {}, devices: [] }}
      start={0}
      end={10}
      from="10 s ago"
    />,
  );
  const of = (name: string) => new RegExp(`class="${name}" d="(.*?)"`).exec(html)?.[1];
  return { dots: of("plot-dot-1"), line: of("plot-line-1") };
}

Deno.test("StaticPlot draws a value that stands alone as a dot", () => {
  assert.equal(paths([50]).dots, "M0 50.0h0");
  assert.equal(paths([50, 50]).dots, "");
  const { dots, line } = paths([null, 50, null, 25, 25]);
  assert.equal(dots, "M60 50.0h0");
  assert.match(line ?? "", /M180 75.0L240 75.0/);
});
