import type { Status } from "@/protocol/mod.ts";
import type { Row } from "@/components/vm_row.ts";
import { state } from "@/texts/mod.ts";

/** How the table of VMs is looked at; it is in the address, so that it survives a reload. */
export interface View {
  sort: Column;
  descending: boolean;
  filter: string;
  /** By state. */
  grouped: boolean;
}

export const COLUMNS = [
  "name",
  "state",
  "cpu",
  "memory",
  "network",
  "disk",
  "addresses",
  "uptime",
] as const;
export type Column = typeof COLUMNS[number];

/** Columns whose values move by themselves: rows must not jump with every sample. */
const MOVING: ReadonlySet<Column> = new Set(["cpu", "memory", "network", "disk"]);
export const isMoving = ({ sort }: View) => MOVING.has(sort);

/** What wants attention comes first. */
export const STATES: readonly Status[] = [
  "crashed",
  "paused",
  "shutdown",
  "running",
  "unknown",
  "stopped",
];

export function readView(query: URLSearchParams): View {
  const sort = query.get("sort") as Column;
  return {
    sort: COLUMNS.includes(sort) ? sort : "name",
    descending: query.get("order") === "down",
    filter: (query.get("q") ?? "").slice(0, 200),
    grouped: query.get("group") === "state",
  };
}

/** The address of a view, without what is so anyway. */
export function viewAddress({ sort, descending, filter, grouped }: View): string {
  const query = new URLSearchParams();
  if (filter !== "") query.set("q", filter);
  if (sort !== "name") query.set("sort", sort);
  if (descending) query.set("order", "down");
  if (grouped) query.set("group", "state");
  return `/${query.size > 0 ? `?${query}` : ""}`;
}

/** The view after a press on the head of a column. Numbers are wanted largest first. */
export function sortedBy(view: View, sort: Column): View {
  const first = MOVING.has(sort) || sort === "uptime";
  return { ...view, sort, descending: view.sort === sort ? !view.descending : first };
}

/** Whether each word of the filter stands in something that the row shows. */
export function matches(row: Row, filter: string): boolean {
  const { name, note, status, addresses } = row;
  const shown = [name, note ?? "", status, state.words[status], ...addresses];
  const text = shown.join("\n").toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** How many of the host's cores it keeps busy: who eats the host is not who has the busiest vCPU. */
export function coresTaken({ sample, vcpus }: Pick<Row, "sample" | "vcpus">): number | null {
  const utilization = sample?.metrics.cpu.utilization ?? null;
  return utilization === null ? null : (utilization / 100) * vcpus;
}

const sum = (one: number | null | undefined, other: number | null | undefined) =>
  one == null && other == null ? null : (one ?? 0) + (other ?? 0);

function value(row: Row, column: Column) {
  const { status, sample, addresses, startedAt } = row;
  switch (column) {
    case "name":
      return null;
    case "state":
      return STATES.indexOf(status);
    case "cpu":
      return coresTaken(row);
    case "memory":
      return sample?.metrics.memory.used ?? null;
    case "network":
      return sum(sample?.rates.rxBytes, sample?.rates.txBytes);
    case "disk":
      return sum(sample?.rates.readBytes, sample?.rates.writeBytes);
    case "addresses":
      return sortable(addresses[0]);
    case "uptime":
      return startedAt === null ? null : -startedAt;
  }
}

/** Parts of an address as people count: 10.0.0.9 before 10.0.0.10. */
const sortable = (address: string | undefined) =>
  address?.replace(/\d+/g, (part) => part.padStart(3, "0")) ?? null;

/**
 * `rows`, which are by name, in the order of the view; what has no value comes last. `places` is an
 * order that is held instead, by UUID.
 */
export function arrange(rows: Row[], view: View, places?: ReadonlyMap<string, number>): Row[] {
  const { sort, descending, filter, grouped } = view;
  const found = filter === "" ? rows : rows.filter((row) => matches(row, filter));
  const way = descending && !places ? -1 : 1;
  const by = (row: Row) => places ? places.get(row.uuid) ?? null : value(row, sort);
  const sorted = sort === "name"
    ? descending ? found.toReversed() : found
    : found.map((row) => [row, by(row)] as const)
      .sort(([, a], [, b]) => {
        if (a === null || b === null) return Number(a === null) - Number(b === null);
        return a < b ? -way : a > b ? way : 0;
      })
      .map(([row]) => row);
  if (!grouped) return sorted;
  return sorted.toSorted((a, b) => STATES.indexOf(a.status) - STATES.indexOf(b.status));
}
