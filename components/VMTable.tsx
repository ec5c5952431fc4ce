import type { ComponentChildren } from "preact";
import { type Column, COLUMNS, sortedBy, type View, viewAddress } from "@/components/vm_view.ts";
import type { Row } from "@/components/vm_row.ts";
import { VMRow } from "@/components/VMRow.tsx";
import { state, table } from "@/texts/mod.ts";

interface Props {
  /** In the order in which they are shown. */
  rows: Row[];
  view: View;
  /** The server's clock in ms. */
  now: number;
  /** Whether rows can be ticked. The ticks are the form's: no state of ours repeats them. */
  pick: boolean;
  onSort?: (event: MouseEvent, column: Column) => void;
}

/** Milliseconds for which a change of state is marked. */
const NEWS = 3000;
/** Rows, beyond which those out of sight are not laid out. */
const MANY = 40;

/**
 * The VMs of the host. The roles repeat what the elements mean already, because browsers forget it
 * where rows are laid out as grids.
 */
export function VMTable({ rows, view, now, pick, onSort }: Props) {
  return (
    <table
      role="table"
      class={`vms${pick ? "" : " vms-plain"}${rows.length > MANY ? " vms-many" : ""}`}
      aria-label={table.title}
      aria-rowcount={rows.length + 1}
    >
      <thead role="rowgroup">
        <tr role="row">
          {pick
            ? (
              <th role="columnheader" scope="col" class="cell-pick">
                <label class="pick">
                  <input type="checkbox" data-pick-all />
                  <span class="hidden">{table.selectAll}</span>
                </label>
              </th>
            )
            : null}
          {COLUMNS.map((column) => (
            <Head key={column} column={column} view={view} onSort={onSort}>
              {table.columns[column]}
            </Head>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.flatMap((row, index) => {
          const { uuid, status, startedAt, lastStateChange } = row;
          const drawn = (
            <VMRow
              key={uuid}
              row={row}
              uptime={startedAt === null ? null : Math.floor((now - startedAt) / 1000)}
              pick={pick}
              news={now - Date.parse(lastStateChange) < NEWS}
            />
          );
          if (!view.grouped || rows[index - 1]?.status === status) return [drawn];
          return [<Group key={status} rows={rows} status={status} />, drawn];
        })}
      </tbody>
    </table>
  );
}

interface HeadProps {
  column: Column;
  view: View;
  onSort: Props["onSort"];
  children: ComponentChildren;
}

function Head({ column, view, onSort, children }: HeadProps) {
  const sorted = view.sort !== column ? undefined : view.descending ? "descending" : "ascending";
  return (
    <th role="columnheader" scope="col" class={`cell-${column}`} aria-sort={sorted ?? "none"}>
      <a
        href={viewAddress(sortedBy(view, column))}
        onClick={(event: MouseEvent) => onSort?.(event, column)}
      >
        {children}
        <svg class="sort" viewBox="0 0 8 8" aria-hidden="true">
          {sorted ? <path d={sorted === "ascending" ? "M1 6l3-4 3 4z" : "M1 2l3 4 3-4z"} /> : null}
        </svg>
      </a>
    </th>
  );
}

function Group({ rows, status }: { rows: Row[]; status: Row["status"] }) {
  return (
    <tr role="row" class="vms-group">
      <th role="rowheader" scope="rowgroup">
        {state.words[status]}{" "}
        <span class="of">{rows.filter((row) => row.status === status).length}</span>
      </th>
    </tr>
  );
}
