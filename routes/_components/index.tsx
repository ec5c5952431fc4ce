import { HttpError, page } from "fresh";
import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { ConfirmForce } from "@/components/ConfirmForce.tsx";
import { timelineOf } from "@/components/happened.ts";
import { HardwareList } from "@/components/HardwareList.tsx";
import { StorageReadout } from "@/components/StorageReadout.tsx";
import { HostSummary } from "@/components/HostSummary.tsx";
import { KeyHelp } from "@/components/KeyHelp.tsx";
import { listed } from "@/components/listed.ts";
import { ManyQuestion } from "@/components/ManyQuestion.tsx";
import { Meter } from "@/components/Meter.tsx";
import type { Notice } from "@/components/notices.ts";
import { NoVMs } from "@/components/NoVMs.tsx";
import { Outcome } from "@/components/Outcome.tsx";
import { Palette } from "@/components/Palette.tsx";
import { entriesFor } from "@/components/palette_entries.ts";
import { PowerButtons } from "@/components/PowerButtons.tsx";
import { SelectionBar } from "@/components/SelectionBar.tsx";
import { SnapshotTable } from "@/components/SnapshotTable.tsx";
import { Spark } from "@/components/Spark.tsx";
import { StateBadge } from "@/components/StateBadge.tsx";
import { TimelineList } from "@/components/TimelineList.tsx";
import { NoticeList, Toasts } from "@/components/Toasts.tsx";
import { readView } from "@/components/vm_view.ts";
import { VMTable } from "@/components/VMTable.tsx";
import { VMTabs } from "@/components/VMTabs.tsx";
import { VMTools } from "@/components/VMTools.tsx";
import { WarningSign } from "@/components/WarningSign.tsx";
import { XMLView } from "@/components/XMLView.tsx";
import type { Host, VM } from "@/protocol/mod.ts";
import { type Status, STATUSES } from "@/protocol/words.ts";
import { define } from "@/utils.ts";

/** All components in one page, each in its states, for who changes them: `deno task dev` shows it. */
export const handler = define.handlers({
  GET() {
    if (!Deno.env.has("FRESH_DEV")) throw new HttpError(404);
    return page();
  },
});

const AT = "2026-05-06T17:13:42.000Z";
const NOW = Date.parse(AT);
const WAVE = Array.from({ length: 30 }, (_, step) => Math.round(50 + 40 * Math.sin(step / 3)));

const vm = (name: string, status: Status, number: number): VM => ({
  uuid: `6695eb01-f6a4-8304-79aa-97f2502e193${number}`,
  name,
  host: "rack1",
  status,
  lastStateChange: "2026-05-06T11:00:00.000Z",
  uptime: 22_422,
  reason: "booted",
  persistent: true,
  autostart: true,
  vcpus: 2,
  memory: 4 * 1024 ** 3,
  console: true,
  note: number % 2 === 0 ? "Shop, front end" : null,
  addresses: number % 2 === 0 ? ["192.168.122.3", "fe80::5054:ff:fe12:3456", "10.0.0.7"] : [],
  sample: status !== "running" && status !== "paused" ? null : {
    time: AT,
    stale: status === "paused",
    metrics: {
      cpu: { utilization: 12.5 * number },
      memory: { used: 1.4 * 1024 ** 3, total: 4 * 1024 ** 3 },
      network: { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
      disk: { readBytes: 0, writeBytes: 0, readOps: 0, writeOps: 0 },
    },
    rates: { rxBytes: 1_200_000, txBytes: 34_000, readBytes: 0, writeBytes: 512_000 },
  },
});
const vms = STATUSES.map((status, number) => vm(`vm-${status}`, status, number));
const spark = {
  at: 0,
  cpu: WAVE,
  network: WAVE.map((value) => value * 20),
  disk: [...WAVE].reverse(),
};
const rows = vms.map((each) => ({ ...listed(each, NOW), spark }));

const storage = { pool: "default", pools: 2, used: 940 * 1024 ** 3, total: 1024 ** 4 };
const host: Host = {
  name: "rack1",
  uri: "qemu:///system",
  libvirt: { connected: true, since: AT, message: null },
  cpu: { model: "x86_64", count: 32, mhz: 2900, utilization: 37.4 },
  bootedAt: "2026-05-03T08:00:00.000Z",
  storage,
  memory: { used: 118 * 1024 ** 3, total: 128 * 1024 ** 3 },
  versions: { virtglass: "0.1.0", libvirt: "9.0.0", hypervisor: "QEMU 7.2.0" },
};

const { lines } = timelineOf({
  commands: [
    { success: true, force: false, message: 'VM "web1" shut down' },
    { success: false, force: false, message: 'The guest of VM "web1" did not react within 60 s.' },
    { success: null, force: true, message: null },
  ].map((each, number) => ({
    requestId: String(number),
    user: "mara",
    vm: "web1",
    uuid: vms[0]!.uuid,
    action: "stop",
    createdAt: AT,
    endedAt: each.success === null ? null : "2026-05-06T17:13:49.000Z",
    ...each,
  })),
  events: [
    { kind: "lifecycle", detail: { event: "started", detail: "booted" } },
    { kind: "lifecycle", detail: { event: "suspended", detail: "I/O error" } },
    { kind: "console", detail: { action: "attach", user: "olga" } },
  ].map((each, seq) => ({ seq, vm: "web1", time: AT, ...each })),
  most: 20,
});

const notices: Notice[] = (["bad", "good", "pending"] as const).map((tone) => ({
  id: tone,
  title: tone === "bad" ? "web1 was paused by an error" : "libvirt is back",
  text: "vda, no space left on device",
  tone,
  time: AT,
  href: "/",
}));

const DOMAIN = `<domain type='kvm'>
  <!-- web1 -->
  <name>web1</name>
</domain>`;

const COLOURS = [
  ...["paper", "surface", "raised", "sunk", "line", "line-strong", "edge", "ink", "ink-soft"],
  ...["ink-faint", "accent", "accent-fill", "focus", "good", "warn", "bad", "chosen", "plot-1"],
  ...["plot-2"],
];

export default define.page(() => (
  <div class="samples">
    <Head>
      <title>Components · virtglass</title>
    </Head>
    <h1>Components</h1>
    <Sample title="Colours">
      <svg class="swatches" viewBox={`0 0 ${COLOURS.length * 10} 10`} aria-hidden="true">
        {COLOURS.map((name, index) => (
          <rect key={name} x={index * 10} width="9" height="10" rx="1" fill={`var(--${name})`} />
        ))}
      </svg>
      <p class="soft">{COLOURS.join(", ")}</p>
    </Sample>
    <Sample title="Buttons">
      <button type="button" class="button button-main">Start</button>
      <button type="button" class="button">Suspend</button>
      <button type="button" class="button button-danger">Power off…</button>
      <button type="button" class="button" aria-disabled="true">Busy</button>
      <button type="button" class="button button-bare">Clear</button>
    </Sample>
    <Sample title="States">
      {STATUSES.map((status) => <StateBadge key={status} status={status} />)}
    </Sample>
    <Sample title="Outcomes">
      {(["pending", "done", "failed"] as const).map((kind) => (
        <Outcome key={kind} told={{ kind, message: `What is ${kind} says so.` }} />
      ))}
    </Sample>
    <Sample title="Numbers as drawings">
      <Meter value={40} />
      <Meter value={95} />
      <Spark points={WAVE} full={100} />
      <Spark points={WAVE.map((value, index) => index % 9 > 5 ? null : value)} full={null} />
    </Sample>
    <Sample title="Notices">
      <p class="notice">
        <WarningSign /> libvirt does not answer
      </p>
      <p class="notice notice-bad">
        <WarningSign /> The name or the password is wrong.
      </p>
    </Sample>
    <Sample title="Power buttons">
      <PowerButtons action="/" status="running" busy={false} />
    </Sample>
    <Sample title="Host">
      <HostSummary host={host} vms={vms} now={NOW}>
        <StorageReadout storage={storage} />
      </HostSummary>
    </Sample>
    <Sample title="VMs">
      <VMTools view={readView(new URLSearchParams())} shown={6} all={6} />
      <VMTable rows={rows} view={readView(new URLSearchParams("group=state"))} now={NOW} pick />
      <SelectionBar states={null} />
    </Sample>
    <Sample title="No VMs">
      <NoVMs />
    </Sample>
    <Sample title="Tabs">
      <VMTabs vm={vms[0]!} tab="history" />
    </Sample>
    <Sample title="Timeline">
      <TimelineList lines={lines} named mayRetry="all" />
    </Sample>
    <Sample title="Hardware">
      <HardwareList
        kinds={[{ title: "Disks", parts: [{ name: "vda", facts: [["Bus", "virtio"]] }] }]}
      />
    </Sample>
    <Sample title="Snapshots">
      <SnapshotTable
        snapshots={[{
          name: "fresh",
          description: "as installed",
          parent: null,
          state: "running",
          memory: true,
          createdAt: AT,
          current: true,
        }]}
      />
    </Sample>
    <Sample title="XML">
      <XMLView
        xml={DOMAIN}
        href="#"
      />
    </Sample>
    <Sample title="Questions">
      <ConfirmForce vm="web1" action="/" choice="power-off" open />
      <ManyQuestion choice="suspend" targets={vms} open />
    </Sample>
    <Sample title="Palette">
      <Palette
        entries={entriesFor(vms.slice(0, 2), { name: "olga", role: "operator" })}
        at={1}
        words=""
      />
    </Sample>
    <Sample title="Keys">
      <KeyHelp />
    </Sample>
    <Sample title="Toasts and their list">
      <Toasts notices={notices} />
      <NoticeList notices={notices} onAsk={() => {}} />
    </Sample>
  </div>
));

function Sample({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="sample">
      <h2>{title}</h2>
      <div class="sample-box">{children}</div>
    </section>
  );
}
