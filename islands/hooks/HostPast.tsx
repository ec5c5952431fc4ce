import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Host, HostHistory } from "@/protocol/mod.ts";
import type { HostCharts } from "@/islands/hooks/HostCharts.tsx";
import { hostLoad } from "@/texts/mod.ts";

export interface Past {
  /** Of the range; null where nobody asked for it yet. */
  history: HostHistory | null;
  /** As the page's address has it; null when it says nothing. */
  range: string | null;
}

interface Props extends Past {
  host: Host;
  /** What the server drew of it. */
  children: ComponentChildren;
  /** The server's clock in ms. */
  now: number;
}

/** What the host did before: folded away, and its charts not loaded, until somebody asks. */
export function HostPast({ children, ...props }: Props) {
  const [open, setOpen] = useState(props.range !== null);
  const [Charts, setCharts] = useState<typeof HostCharts | null>(null);
  useEffect(() => {
    if (!open || Charts) return;
    void import("@/islands/hooks/HostCharts.tsx").then((module) =>
      setCharts(() => module.HostCharts)
    );
  }, [open]);
  return (
    <details
      class="host-history"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{hostLoad.title}</summary>
      {Charts ? <Charts {...props} shown={open} /> : children}
    </details>
  );
}
