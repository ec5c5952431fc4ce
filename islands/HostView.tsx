import { useReducer } from "preact/hooks";
import type { Host, HostHistory, VM } from "@/protocol.ts";
import { HostSummary } from "@/components/HostSummary.tsx";
import { VMTable } from "@/components/VMTable.tsx";
import { HostCharts } from "@/islands/HostCharts.tsx";
import { applyToOverview, overview } from "@/islands/hooks/overview.ts";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useNow } from "@/islands/hooks/useNow.ts";

interface Props {
  host: Host;
  vms: VM[];
  /** What the host did before; left out where only the present is shown. */
  past?: { history: HostHistory; range: string | null };
  /** The server's clock in ms. */
  now: number;
}

const TOPICS = ["vms", "metrics:*", "host"];

/** The host and its VMs, as the server drew them and from then on as they are. */
export function HostView(props: Props) {
  const [state, apply] = useReducer(
    applyToOverview,
    props,
    ({ host, vms, now }) => overview(host, vms, now),
  );
  const link = useEvents(TOPICS, apply);
  const now = useNow(state.now);
  const known = state.host.libvirt.connected && link.kind !== "waiting" && link.kind !== "offline";
  return (
    <div class={known ? "host" : "host not-live"}>
      <HostSummary host={state.host} vms={state.vms} />
      {props.past ? <HostCharts host={state.host} now={props.now} {...props.past} /> : null}
      <VMTable vms={state.vms} now={now} />
    </div>
  );
}
