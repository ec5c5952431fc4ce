import { useState } from "preact/hooks";
import type { Host, HostHistory } from "@/protocol/mod.ts";
import { hostCharts } from "@/components/chart_spec.ts";
import { newsOfHost, ofHost } from "@/components/history.ts";
import { rangeOf } from "@/components/ranges.ts";
import { LiveCharts } from "@/islands/hooks/LiveCharts.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useHistory } from "@/islands/hooks/useHistory.ts";
import { useNow } from "@/islands/hooks/useNow.ts";
import { hostLoad } from "@/texts/mod.ts";

interface Props {
  host: Host;
  /** Of the range, as the server had it; null where nobody had asked for it yet. */
  history: HostHistory | null;
  /** As the page's address has it; null when it says nothing. */
  range: string | null;
  /** The server's clock in ms. */
  now: number;
  /** Whether anybody can see them. */
  shown: boolean;
}

const NOTHING: HostHistory = { step: 1, time: [], cpu: [], memory: [] };

/** CPU and memory of the host over time, with a live edge. */
export function HostCharts(props: Props) {
  const { memory } = props.host;
  const [initial] = useState(() => ofHost(props.history ?? NOTHING));
  const [clock, setClock] = useState(props.now);
  const link = useEvents(["host"], ({ type, data, timestamp }) => {
    if (type !== "host" || !props.shown) return;
    const time = Date.parse(timestamp);
    handle.hear(newsOfHost(data, time / 1000));
    setClock(time);
  });
  const now = useNow(clock) / 1000;
  const live = link.kind === "live";
  const handle = useHistory({
    address: "/api/v1/host/metrics",
    read: ofHost,
    initial,
    range: rangeOf(props.range),
    // What nobody looks at is neither asked for nor kept up.
    live: live && props.shown,
    now,
  });
  return (
    <LiveCharts
      {...handle}
      title={hostLoad.title}
      titled
      specs={hostCharts(memory?.total ?? 0)}
      live={live}
      stale={false}
      now={now}
      shown={props.shown}
    />
  );
}
