import { Component, hydrate, render } from "preact";
import { IS_BROWSER, kept } from "fresh/runtime";
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
import { number } from "@/components/number.ts";
import { Num } from "@/components/Num.tsx";
import { Spark } from "@/components/Spark.tsx";
import { StateBadge } from "@/components/StateBadge.tsx";
import type { Row } from "@/components/vm_row.ts";
import { coresTaken } from "@/components/vm_view.ts";
import { language, table } from "@/texts/mod.ts";

interface Props {
  row: Row;
  /** Whole seconds since its guest started; null while it does not run. */
  uptime: number | null;
  /** Whether it can be ticked. */
  pick: boolean;
  /** Its state has just changed. */
  news: boolean;
}

const rows = new WeakMap<Element, VMRow>();
const sight = IS_BROWSER
  ? new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) rows.get(target)?.comesNear(isIntersecting);
  }, { rootMargin: "50%" })
  : null;

/** What leaves an element's content alone. */
const AS_IT_IS = { __html: "" };

/**
 * One VM in the table. There may be hundreds, so its cells are a tree of their own: what the server drew
 * of one that nobody sees stays as it is until it comes into sight or has another state, and then it
 * is drawn again for another state only, not for its numbers.
 */
export class VMRow extends Component<Props> {
  /** In sight, or near it. */
  #near = false;
  /** What the server drew, until that has come to life. */
  #drawn: Props | null = null;

  override shouldComponentUpdate(next: Props): boolean {
    const { row, uptime, news } = this.props;
    if (news !== next.news) return true;
    if (row === next.row && uptime === next.uptime) return false;
    return this.#near || row.status !== next.row.status || row.name !== next.row.name ||
      row.addresses.join() !== next.row.addresses.join();
  }

  override componentDidMount(): void {
    const element = this.base as Element;
    if (element.hasChildNodes()) this.#drawn = this.props;
    else this.#draw();
    rows.set(element, this);
    sight?.observe(element);
  }

  override componentDidUpdate(): void {
    this.#draw();
  }

  override componentWillUnmount(): void {
    sight?.unobserve(this.base as Element);
  }

  comesNear(near: boolean): void {
    this.#near = near;
    if (near) this.#draw();
  }

  #draw(): void {
    const element = this.base as Element;
    if (this.#drawn) hydrate(<Cells {...this.#drawn} />, element);
    this.#drawn = null;
    render(<Cells {...this.props} />, element);
  }

  override render(props: Props) {
    const { row, uptime, news } = props;
    const state = uptime === null ? " vm-off" : row.sample?.stale ? " vm-stale" : "";
    const own = {
      role: "row" as const,
      "data-vm": row.name,
      class: `vm${state}${news ? " vm-news" : ""}`,
    };
    return IS_BROWSER ? <tr {...own} dangerouslySetInnerHTML={AS_IT_IS} /> : (
      <tr {...own}>
        {kept(`vm:${language}:${row.uuid}`, shown(props), () => <Cells {...props} />)}
      </tr>
    );
  }
}

/** What of a VM its cells say. */
type CellsRow = Pick<Row, typeof SAID[number]>;
const SAID = [
  "uuid",
  "name",
  "note",
  "status",
  "vcpus",
  "memory",
  "addresses",
  "sample",
  "spark",
] as const;

interface CellsProps extends Pick<Props, "uptime" | "pick"> {
  row: CellsRow;
}

/** All that its cells depend on. */
function shown({ row, uptime, pick }: CellsProps): unknown[] {
  const said = SAID.map((name) => name === "addresses" ? row.addresses.join() : row[name]);
  return [...said, uptime === null ? null : duration(uptime), pick];
}

function Cells({ row, uptime, pick }: CellsProps) {
  const { metrics, rates } = row.sample ?? { metrics: null, rates: null };
  const cpu = metrics?.cpu.utilization ?? null;
  const cores = coresTaken(row);
  const used = metrics?.memory.used ?? null;
  const total = metrics?.memory.total ?? row.memory;
  return (
    <>
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
        {table.cores(cores === null ? null : number(cores, 1), row.vcpus)}
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
    </>
  );
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
