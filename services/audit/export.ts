import { type AuditFilter, type AuditTable, toLine } from "./table.ts";

/** Records that are read at once. */
const PAGE = 500;

/** JSON lines of the records that there are now, the oldest first; read as they are asked for. */
export function exportLines(table: AuditTable, filter: AuditFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { seq: end } = table.last();
  let after = 0;
  return new ReadableStream({
    pull(controller) {
      const rows = table.oldest(filter, after, PAGE).filter(({ seq }) => seq <= end);
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map(toLine).join("")));
      if (rows.length < PAGE) return controller.close();
      after = rows.at(-1)!.seq;
    },
  });
}
