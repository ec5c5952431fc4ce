import { useState } from "preact/hooks";
import type { MetricsHistory } from "@/protocol/mod.ts";
import { vmCharts } from "@/components/chart_spec.ts";
import { newsOfVM, ofVM } from "@/components/history.ts";
import { rangeOf } from "@/components/ranges.ts";
import { LiveCharts } from "@/islands/hooks/LiveCharts.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useHistory } from "@/islands/hooks/useHistory.ts";
import { useNow } from "@/islands/hooks/useNow.ts";
import { charts } from "@/texts/mod.ts";

interface Props {
  name: string;
  /** What the guest may use at most, in bytes. */
  memory: number;
  /** Of the range. */
  history: MetricsHistory;
  /** As the page's address has it. */
  range: string;
  /** The server's clock in ms. */
  now: number;
}

/** CPU, memory, and each disk and NIC of a VM over time, with a live edge. */
export function VMCharts(props: Props) {
  const { name, memory } = props;
  const [initial] = useState(() => ofVM(props.history));
  const [heard, setHeard] = useState({ clock: props.now, stale: false });
  const link = useEvents([`metrics:${name}`], ({ type, data, timestamp }) => {
    if (type !== "samples" || !Object.hasOwn(data.vms, name)) return;
    const sample = data.vms[name]!;
    shown.hear(newsOfVM(sample));
    setHeard({ clock: Date.parse(timestamp), stale: sample.stale });
  });
  const now = useNow(heard.clock) / 1000;
  const live = link.kind === "live";
  const shown = useHistory({
    address: `/api/v1/vms/${encodeURIComponent(name)}/metrics`,
    read: ofVM,
    initial,
    range: rangeOf(props.range),
    live,
    now,
  });
  return (
    <LiveCharts
      {...shown}
      title={charts.load}
      specs={vmCharts(memory, shown.history.devices)}
      live={live}
      stale={heard.stale}
      now={now}
      shown
    />
  );
}
