import { Component } from "preact";
import {
  bytes,
  duration,
  NOTHING,
  percent,
  plain,
  type Quantity,
  rate,
  size,
  vmPath,
} from "@/components/format.ts";
import { Meter, share } from "@/components/Meter.tsx";
import { Num } from "@/components/Num.tsx";
import { Spark } from "@/components/Spark.tsx";
import { StateBadge } from "@/components/StateBadge.tsx";
import type { Row } from "@/components/vm_row.ts";
import { table } from "@/texts/mod.ts";

interface Props {
  row: Row;
  /** Whole seconds since its guest started; null while it does not run. */
  uptime: number | null;
  /** Whether it can be ticked. */
  pick: boolean;
  /** Its state has just changed. */
  news: boolean;
}

/** Rows in sight, and near it. */
const seen = new WeakSet<Element>();
const sight = globalThis.IntersectionObserver && new IntersectionObserver((rows) => {
  for (const { target, isIntersecting } of rows) {
    seen[isIntersecting ? "add" : "delete"](target);
  }
}, { rootMargin: "50%" });

/**
 * One VM in the table. There may be hundreds: one that nobody sees is drawn again when it has
 * another state, and not for its numbers.
 */
export class VMRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { row, uptime, news } = this.props;
    if (news !== next.news) return true;
    if (row === next.row && uptime === next.uptime) return false;
    return seen.has(this.base as Element) || row.status !== next.row.status ||
      row.name !== next.row.name || row.addresses !== next.row.addresses;
  }

  override componentDidMount(): void {
    sight?.observe(this.base as Element);
  }

  override componentWillUnmount(): void {
    sight?.unobserve(this.base as Element);
  }

  override render({ row, uptime, pick, news }: Props) {
    const { metrics, rates, stale } = row.sample ?? { metrics: null, rates: null, stale: false };
    const cpu = metrics?.cpu.utilization ?? null;
    const used = metrics?.memory.used ?? null;
    const total = metrics?.memory.total ?? row.memory;
    const state = uptime === null ? " vm-off" : stale ? " vm-stale" : "";
    return (
      <tr
        role="row"
        data-vm={row.name}
        class={`vm${state}${news ? " vm-news" : ""}`}
      >
        {pick
          ? (
            <td role="cell" class="cell-pick">
              <label class="pick">
                <input type="checkbox" name="vm" value={row.uuid} />
                <span class="hidden">{table.select(row.name)}</span>
              </label>
            </td>
          )
          : null}
        <th role="rowheader" scope="row" class="cell-name">
          <a href={vmPath(row)}>{row.name}</a>
          {row.note === null ? null : <span class="vm-note">{row.note}</span>}
        </th>
        <td role="cell" class="cell-state">
          <StateBadge status={row.status} />
        </td>
        <td role="cell" class="cell-cpu" data-label={table.columns.cpu}>
          <span class="gauge">
            <Spark points={row.spark.cpu} full={100} />
            <Num of={percent(cpu)} />
          </span>
        </td>
        <td role="cell" class="cell-memory" data-label={table.columns.memory}>
          <Num of={bytes(used)} /> <span class="of">{table.ofMemory(plain(size(total)))}</span>
          <Meter value={share(used, total)} />
        </td>
        <td role="cell" class="cell-rate cell-network" data-label={table.columns.network}>
          <span class="gauge">
            <Spark points={row.spark.network} full={null} />
            <Way word={table.received} sign="↓" kind="rx" of={rate(rates?.rxBytes ?? null)} />
            <Way word={table.sent} sign="↑" kind="tx" of={rate(rates?.txBytes ?? null)} />
          </span>
        </td>
        <td role="cell" class="cell-rate cell-disk" data-label={table.columns.disk}>
          <span class="gauge">
            <Spark points={row.spark.disk} full={null} />
            <Way
              word={table.read}
              sign={table.readSign}
              kind="read"
              of={rate(rates?.readBytes ?? null)}
            />
            <Way
              word={table.written}
              sign={table.writtenSign}
              kind="write"
              of={rate(rates?.writeBytes ?? null)}
            />
          </span>
        </td>
        <td role="cell" class="cell-addresses">
          <Addresses all={row.addresses} />
        </td>
        <td role="cell" class="cell-uptime">{uptime === null ? NOTHING : duration(uptime)}</td>
      </tr>
    );
  }
}

interface WayProps {
  /** For those who hear it. */
  word: string;
  /** For those who see it. */
  sign: string;
  kind: string;
  of: Quantity;
}

/** A number of two that share a cell. */
function Way({ word, sign, kind, of }: WayProps) {
  return (
    <span class={`way cell-${kind}`}>
      <span class="way-sign" aria-hidden="true">{sign}</span>
      <Num of={of} />
      <span class="hidden">{word}</span>
    </span>
  );
}

/** The first two, and how many more there are. */
function Addresses({ all }: { all: string[] }) {
  if (all.length === 0) return <span class="num-idle">{NOTHING}</span>;
  const more = all.length - 2;
  return (
    <span class="addresses" title={all.join("\n")}>
      {all.slice(0, 2).map((address) => <code key={address}>{address}</code>)}
      {more > 0 ? <span class="more">+{more}</span> : null}
    </span>
  );
}
