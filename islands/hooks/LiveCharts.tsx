import { type ChartSpec, largest } from "@/components/chart_spec.ts";
import { ChartTile } from "@/components/ChartTile.tsx";
import { duration } from "@/components/format.ts";
import type { History } from "@/components/history.ts";
import { RangeBar } from "@/components/RangeBar.tsx";
import { StaticPlot } from "@/components/StaticPlot.tsx";
import { pointTime, stretchTime } from "@/islands/hooks/chart_time.ts";
import type { HistoryHandle } from "@/islands/hooks/useHistory.ts";
import { usePlot } from "@/islands/hooks/usePlot.ts";
import { keyed, type Stretch } from "@/islands/hooks/zoom.ts";
import { charts } from "@/texts/mod.ts";

/** Seconds without a sample after which the charts move on by the clock. */
const LATE = 3;
/** Seconds after which a number is no news: of samples that come every second, and of the slow beat. */
const OLD_LIVE = 10;
const OLD = 75;

interface Props extends HistoryHandle {
  title: string;
  /** Whether the title stands above them already. */
  titled?: boolean;
  specs: ChartSpec[];
  /** Whether news come every second. */
  live: boolean;
  /** Whether the last sample says that some of its numbers are old. */
  stale: boolean;
  /** The server's clock in Unix seconds. */
  now: number;
  /** Whether anybody can see them. */
  shown: boolean;
}

/** Charts over one stretch of time, with one crosshair, and what chooses the stretch. */
export function LiveCharts(props: Props) {
  const { title, specs, history, range, zoom, now } = props;
  const last = history.time.at(-1) ?? 0;
  const end = now - last > LATE ? now : last;
  const stretch = zoom ?? { from: end - range.seconds, to: end };
  const age = now - last;
  const old = age >= (props.live ? OLD_LIVE : OLD);
  return (
    <section class="charts" aria-label={title}>
      <div class="charts-head">
        {props.titled ? null : <h2>{title}</h2>}
        {zoom === null
          ? null
          : (
            <button type="button" class="button charts-back" onClick={() => props.zoomTo(null)}>
              {charts.backToLast(range.label)}
            </button>
          )}
        <RangeBar chosen={range} label={charts.howFarBack} onChoose={props.choose} />
      </div>
      <p class="hidden" role="status">
        {zoom === null ? charts.theLast(range.label) : stretchTime(zoom)}
      </p>
      <p id="chart-keys" hidden>
        {charts.keys}
      </p>
      <div class="tiles">
        {specs.map((spec) => (
          <Chart
            key={spec.title}
            spec={spec}
            history={history}
            newest={props.newest}
            stretch={stretch}
            from={charts.ago(range.label)}
            age={old && last > 0 ? age : null}
            stale={props.stale}
            shown={props.shown}
            zoomed={zoom !== null}
            onZoom={props.zoomTo}
          />
        ))}
      </div>
    </section>
  );
}

interface ChartProps {
  spec: ChartSpec;
  history: History;
  newest: HistoryHandle["newest"];
  stretch: Stretch;
  from: string;
  /** Seconds since the last sample where that is too long ago to tell how things are. */
  age: number | null;
  stale: boolean;
  shown: boolean;
  zoomed: boolean;
  onZoom: (stretch: Stretch | null) => void;
}

function Chart(props: ChartProps) {
  const { spec, history, stretch, age, zoomed } = props;
  const { box, drawn, hovered, point: pointBy } = usePlot(props);
  const span = stretch.to - stretch.from;
  const of = (columns: History["columns"], point: number) =>
    spec.lines.map(({ key }) => columns[key]?.[point] ?? null);
  const now = zoomed || age !== null ? {} : props.newest;
  const values = hovered
    ? of(history.columns, hovered.point)
    : now
    ? spec.lines.map(({ key }) => now[key] ?? null)
    : of(history.columns, history.time.length - 1);
  const silent = !hovered && !zoomed && age === null && props.stale &&
    values.every((value) => value === null);
  const note = hovered
    ? pointTime(hovered.time, span)
    : zoomed
    ? stretchTime(stretch)
    : age !== null
    ? charts.lastSample(duration(age))
    : silent
    ? charts.silent
    : null;
  function onKey(event: KeyboardEvent) {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const by = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : null;
    // What the crosshair is on; what is newest where all is shown.
    const at = hovered ? (hovered.time - stretch.from) / span : zoomed ? 0.5 : 1;
    const next = shiftKey && by !== null ? null : keyed(key, stretch, at);
    if (next) props.onZoom(next);
    else if (shiftKey && by !== null) pointBy(by);
    else return;
    event.preventDefault();
  }

  return (
    <ChartTile
      spec={spec}
      values={values}
      peaks={hovered
        ? of(history.peaks, hovered.point)
        : spec.lines.map(({ key }) => highest(history, key))}
      note={note}
      stale={silent || (age !== null && !hovered)}
    >
      <div
        class="plot"
        ref={box}
        onKeyDown={onKey}
        onBlur={() => pointBy(null)}
        {...(drawn ? focusable(spec) : {})}
      >
        {drawn ? null : (
          <StaticPlot
            spec={spec}
            history={history}
            start={stretch.from}
            end={stretch.to}
            from={props.from}
          />
        )}
      </div>
    </ChartTile>
  );
}

/** A drawing that takes keys; arrow keys reach it through screen readers too. */
const focusable = ({ title }: ChartSpec) => ({
  tabIndex: 0,
  role: "application" as const,
  "aria-roledescription": charts.chart,
  "aria-label": title,
  "aria-describedby": "chart-keys",
});

/** The largest of all that is drawn of a column; null where there is nothing. */
function highest({ columns, peaks }: History, key: string): number | null {
  const column = peaks[key] ?? columns[key] ?? [];
  return column.some((value) => value !== null) ? largest([column]) : null;
}
