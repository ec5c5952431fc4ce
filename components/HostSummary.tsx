import type { ComponentChildren } from "preact";
import type { Host, VM } from "@/protocol/mod.ts";
import { bytes, duration, percent, plain, size } from "@/components/format.ts";
import { Meter, share } from "@/components/Meter.tsx";
import { number } from "@/components/number.ts";
import { Readout } from "@/components/Readout.tsx";
import { StateBar } from "@/components/StateBar.tsx";
import { host as texts } from "@/texts/mod.ts";

interface Props {
  host: Host;
  vms: VM[];
  now: number;
  /** Its storage, which only the server draws. */
  children?: ComponentChildren;
}

/** The host at a glance: readouts, of which each says its one thing large. */
export function HostSummary({ host, vms, now, children }: Props) {
  const { bootedAt, cpu, memory, versions } = host;
  const up = bootedAt && texts.up(duration((now - Date.parse(bootedAt)) / 1000));
  // What it is while libvirt answers belongs to the VMs that somebody may not see.
  const hidden = host.libvirt.connected && cpu === null && memory === null;
  const running = vms.filter(({ status }) => status === "running").length;
  return (
    <section class="readouts" aria-label={texts.heading(host.name)}>
      {hidden ? null : <Load cpu={cpu} memory={memory} />}
      {children}
      <Readout
        label={texts.running}
        value={[String(running), texts.ofAll(vms.length)]}
        bar={<StateBar vms={vms} />}
      >
        {vms.length === 0 ? texts.noneDefined : others(vms) || texts.allOfThem}
      </Readout>
      <Readout
        label={texts.libvirt}
        value={host.libvirt.connected
          ? [versions.libvirt ?? texts.connected, ""]
          : [texts.lost, ""]}
      >
        {[versions.hypervisor, host.uri, `virtglass ${versions.virtglass}`, up]
          .filter(Boolean).join(", ")}
      </Readout>
    </section>
  );
}

function Load({ cpu, memory }: Pick<Host, "cpu" | "memory">) {
  return (
    <>
      <Readout
        label={texts.cpu}
        value={percent(cpu?.utilization ?? null)}
        bar={<Meter value={cpu?.utilization ?? null} />}
      >
        {cpu
          ? `${cpu.count} × ${cpu.model}${cpu.mhz ? `, ${ghz(cpu.mhz)}` : ""}`
          : texts.notReported}
      </Readout>
      <Readout
        label={texts.memory}
        value={bytes(memory?.used ?? null)}
        bar={<Meter value={share(memory?.used, memory?.total)} />}
      >
        {memory ? texts.ofMemory(plain(size(memory.total))) : texts.notReported}
      </Readout>
    </>
  );
}

const ghz = (mhz: number) => `${number(mhz / 1000, 1)}\u00a0GHz`;

/** "1 paused, 3 stopped": what is not running. */
function others(vms: VM[]): string {
  return Object.entries(texts.others).map(([other, word]) => {
    const count = vms.filter(({ status }) => status === other).length;
    return count > 0 ? `${count}\u00a0${word}` : "";
  }).filter(Boolean).join(", ");
}
