import { useEffect, useState } from "preact/hooks";
import { type ChartSpec, chartSpecs } from "@/components/chart_spec.ts";
import { ChartTile } from "@/components/ChartTile.tsx";
import { append, type History, merge, sampleAt, WINDOW } from "@/components/history.ts";
import { StaticPlot } from "@/components/StaticPlot.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useNow } from "@/islands/hooks/useNow.ts";
import { usePlot } from "@/islands/hooks/usePlot.ts";

interface Props {
  name: string;
  /** What the guest may use at most, in bytes. */
  memory: number;
  history: History;
  /** The server's clock in ms. */
  now: number;
}

/** Seconds without a sample after which the charts move on by the clock. */
const LATE = 3;
/** Seconds after which a number is no news: of samples that come every second, and of the slow beat. */
const OLD_LIVE = 10;
const OLD = 65;

/** CPU, memory, network and disk of the last five minutes, with a live edge. */
export function VMCharts(props: Props) {
  const { name, memory } = props;
  const [history, setHistory] = useState(props.history);
  const [clock, setClock] = useState(props.now);
  const link = useEvents([`metrics:${name}`], ({ type, data, timestamp }) => {
    if (type !== "samples" || !Object.hasOwn(data.vms, name)) return;
    const sample = data.vms[name];
    if (sample) setHistory((history) => append(history, sample));
    setClock(Date.parse(timestamp));
  });
  useEffect(() => {
    if (link.kind !== "live") return;
    const asked = new AbortController();
    remembered(name, asked.signal).then((known) => {
      if (known) setHistory((live) => merge(known, live));
    });
    return () => asked.abort();
  }, [link.kind]);

  const now = useNow(clock) / 1000;
  const last = history.time.at(-1) ?? 0;
  const end = now - last > LATE ? now : last;
  const fresh = now - last < (link.kind === "live" ? OLD_LIVE : OLD);
  return (
    <section class="tiles" aria-label="Charts of the last five minutes">
      {chartSpecs(memory).map((spec) => (
        <Chart key={spec.title} spec={spec} history={history} end={end} fresh={fresh} />
      ))}
    </section>
  );
}

interface ChartProps {
  spec: ChartSpec;
  history: History;
  /** Right edge in Unix seconds. */
  end: number;
  /** Whether the last sample tells how things are. */
  fresh: boolean;
}

function Chart({ spec, history, end, fresh }: ChartProps) {
  const { box, drawn, hovered } = usePlot(spec, history, end);
  const last = fresh ? history.time.length - 1 : -1;
  const index = hovered === null ? last : sampleAt(history, hovered);
  const at = hovered === null ? null : new Date(hovered * 1000).toTimeString().slice(0, 8);
  return (
    <ChartTile
      spec={spec}
      values={spec.lines.map(({ column }) => history[column][index] ?? null)}
      at={at}
    >
      <div class="plot" ref={box}>
        {drawn ? null : <StaticPlot spec={spec} history={history} end={end} />}
      </div>
    </ChartTile>
  );
}

/** What the server has of the window; null when it cannot be had, and the live edge goes on alone. */
async function remembered(name: string, signal: AbortSignal): Promise<History | null> {
  const address = `/api/v1/vms/${encodeURIComponent(name)}/metrics?since=${WINDOW}`;
  try {
    const response = await fetch(address, { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
