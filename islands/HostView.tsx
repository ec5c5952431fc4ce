import type { ComponentChildren } from "preact";
import { useReducer, useState } from "preact/hooks";
import type { Host, VM } from "@/protocol/mod.ts";
import { HostSummary } from "@/components/HostSummary.tsx";
import { type Column, sortedBy, type View, viewAddress } from "@/components/vm_view.ts";
import { VMTable } from "@/components/VMTable.tsx";
import { VMTools } from "@/components/VMTools.tsx";
import { HostPast, type Past } from "@/islands/hooks/HostPast.tsx";
import { applyToOverview, overview, type Sparks } from "@/islands/hooks/overview.ts";
import { useArranged } from "@/islands/hooks/useArranged.ts";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useFocusKept } from "@/islands/hooks/useFocusKept.ts";
import { useNow } from "@/islands/hooks/useNow.ts";

interface Props {
  host: Host;
  vms: VM[];
  /** What the host did before; left out for who may not see all VMs. */
  past?: Past;
  /** What the server drew of that. */
  pastDrawn?: ComponentChildren;
  /** How full its storage is, as the server drew it. */
  storage?: ComponentChildren;
  sparks: Sparks;
  view: View;
  /** Whether one may do something to VMs, or only look. */
  mayAct: boolean;
  /** The server's clock in ms. */
  now: number;
  /** What stands in the place of the table where there are no VMs. */
  children: ComponentChildren;
}

const TOPICS = ["vms", "metrics:*", "host"];

/** The host and its VMs, as the server drew them and from then on as they are. */
export function HostView(props: Props) {
  const [state, apply] = useReducer(
    applyToOverview,
    props,
    ({ host, vms, now, sparks }) => overview(host, vms, now, sparks),
  );
  const [view, setView] = useState(props.view);
  const link = useEvents(TOPICS, apply);
  const now = useNow(state.now);
  const rows = useArranged(state.vms, view);
  useFocusKept();

  const change = (part: Partial<View>) => {
    const next = { ...view, ...part };
    history.replaceState(null, "", viewAddress(next));
    setView(next);
  };
  const sort = (event: MouseEvent, column: Column) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    change(sortedBy(view, column));
  };
  const known = state.host.libvirt.connected && link.kind !== "waiting" && link.kind !== "offline";
  return (
    <div class={known ? "host" : "host not-live"}>
      <HostSummary host={state.host} vms={state.vms} now={now}>
        {props.storage}
      </HostSummary>
      {props.past
        ? <HostPast host={state.host} now={props.now} {...props.past}>{props.pastDrawn}</HostPast>
        : null}
      {state.vms.length === 0 ? props.children : (
        <>
          <VMTools
            view={view}
            shown={rows.length}
            all={state.vms.length}
            onChange={change}
          />
          <form id="vms" action="/">
            <VMTable rows={rows} view={view} now={now} pick={props.mayAct} onSort={sort} />
          </form>
        </>
      )}
    </div>
  );
}
