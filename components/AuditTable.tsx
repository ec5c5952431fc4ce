import type { AuditRecord } from "@/protocol/mod.ts";
import { second } from "@/components/moment.ts";
import { doer, particulars } from "@/components/audit_words.ts";
import { audit } from "@/texts/mod.ts";

/**
 * Records of the audit log, the newest first. The roles repeat what the elements mean already,
 * because browsers forget it where a narrow page lays rows out as cards.
 */
export function AuditTable({ records }: { records: AuditRecord[] }) {
  return (
    <table role="table" class="audit" aria-label={audit.title}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="cell-end">{audit.number}</th>
          <th role="columnheader" scope="col">{audit.time}</th>
          <th role="columnheader" scope="col">{audit.who}</th>
          <th role="columnheader" scope="col">{audit.what}</th>
          <th role="columnheader" scope="col">{audit.vm}</th>
          <th role="columnheader" scope="col">{audit.more}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {records.map((record) => <Row key={record.seq} record={record} />)}
      </tbody>
    </table>
  );
}

function Row({ record }: { record: AuditRecord }) {
  const { seq, time, address, kind, result, vm } = record;
  return (
    <tr role="row" class={`audit-${result}`} data-seq={seq}>
      <td role="cell" class="cell-end cell-seq">{seq}</td>
      <td role="cell" class="cell-time">
        <time datetime={time}>{second(time)}</time>
      </td>
      <td role="cell" class="cell-who">
        {doer(record)}
        {address === null ? null : <span class="audit-address">{address}</span>}
      </td>
      <th role="rowheader" scope="row" class="cell-what">
        {audit.kinds[kind]}
        {result === "ok" ? null : <span class="audit-result">{result}</span>}
      </th>
      <td role="cell" class="cell-vm" title={vm?.uuid}>{vm?.name}</td>
      <td role="cell" class="cell-more">
        {particulars(record).map(([name, value]) => (
          <span key={name + value} class="audit-more">
            {name === "" ? null : <span class="audit-name">{name}</span>}
            {value}
          </span>
        ))}
      </td>
    </tr>
  );
}
