import type { ComponentChildren } from "preact";
import type { Host, Status, VM } from "@/protocol.ts";
import { bytes, percent, type Quantity, size } from "@/components/format.ts";
import { Meter, share } from "@/components/Meter.tsx";
import { StateBar } from "@/components/StateBar.tsx";

/** The host at a glance: four readouts, of which each says its one thing large. */
export function HostSummary({ host, vms }: { host: Host; vms: VM[] }) {
  const { cpu, memory, versions } = host;
  // What it is while libvirt answers belongs to the VMs that somebody may not see.
  const hidden = host.libvirt.connected && cpu === null && memory === null;
  const running = vms.filter(({ status }) => status === "running").length;
  return (
    <section class="readouts" aria-label={`Host ${host.name}`}>
      {hidden ? null : <Load cpu={cpu} memory={memory} />}
      <Readout
        label="VMs running"
        value={[String(running), `of ${vms.length}`]}
        bar={<StateBar vms={vms} />}
      >
        {vms.length === 0 ? "none defined" : others(vms) || "all of them"}
      </Readout>
      <Readout
        label="libvirt"
        value={host.libvirt.connected ? [versions.libvirt ?? "connected", ""] : ["Lost", ""]}
      >
        {[versions.hypervisor, host.uri].filter(Boolean).join(", ")}
      </Readout>
    </section>
  );
}

function Load({ cpu, memory }: Pick<Host, "cpu" | "memory">) {
  return (
    <>
      <Readout
        label="CPU"
        value={percent(cpu?.utilization ?? null)}
        bar={<Meter value={cpu?.utilization ?? null} />}
      >
        {cpu ? `${cpu.count} × ${cpu.model}${cpu.mhz ? `, ${ghz(cpu.mhz)}` : ""}` : "not reported"}
      </Readout>
      <Readout
        label="Memory"
        value={bytes(memory?.used ?? null)}
        bar={<Meter value={share(memory?.used, memory?.total)} />}
      >
        {memory ? `of ${size(memory.total).join("\u00a0")}` : "not reported"}
      </Readout>
    </>
  );
}

interface ReadoutProps {
  label: string;
  value: Quantity;
  /** Under the value; left out where there is no part of a whole to show. */
  bar?: ComponentChildren;
  children: ComponentChildren;
}

function Readout({ label, value: [value, unit], bar, children }: ReadoutProps) {
  return (
    <div class="readout">
      <h2 class="readout-label">{label}</h2>
      <p class="readout-value">
        {value}
        <span class="unit">{unit === "" ? "" : `\u00a0${unit}`}</span>
      </p>
      <div class="readout-bar">{bar}</div>
      <p class="readout-note">{children}</p>
    </div>
  );
}

const ghz = (mhz: number) => `${(mhz / 1000).toFixed(1)}\u00a0GHz`;

const ORDER: [Status, string][] = [
  ["paused", "paused"],
  ["shutdown", "shutting down"],
  ["crashed", "crashed"],
  ["stopped", "stopped"],
  ["unknown", "unknown"],
];

/** "1 paused, 3 stopped": what is not running. */
function others(vms: VM[]): string {
  return ORDER.map(([status, word]) => {
    const count = vms.filter((vm) => vm.status === status).length;
    return count > 0 ? `${count}\u00a0${word}` : "";
  }).filter(Boolean).join(", ");
}
