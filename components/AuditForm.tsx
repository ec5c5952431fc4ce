import { FilterField } from "@/components/FilterField.tsx";
import type { AuditKind } from "@/protocol/mod.ts";
import { audit, common } from "@/texts/mod.ts";

/** What the form was sent with. */
export interface AuditQuestion {
  user: string;
  vm: string;
  kind: string;
  since: string;
  until: string;
}

interface Props {
  asked: AuditQuestion;
  kinds: readonly AuditKind[];
}

/** Which records to show. Its answer is the page itself: it needs no script. */
export function AuditForm({ asked, kinds }: Props) {
  return (
    <form class="filters" method="get" action="/audit" role="search" aria-label={audit.title}>
      <FilterField name="user" label={audit.user} value={asked.user} />
      <FilterField name="vm" label={audit.vm} value={asked.vm} />
      <div class="field">
        <label for="kind">{audit.what}</label>
        <select id="kind" name="kind">
          <option value="" selected={asked.kind === ""}>{audit.everything}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind} selected={kind === asked.kind}>
              {audit.kinds[kind]}
            </option>
          ))}
        </select>
      </div>
      <FilterField name="since" label={audit.from} value={asked.since} type="datetime-local" />
      <FilterField name="until" label={audit.until} value={asked.until} type="datetime-local" />
      <div class="filter-buttons">
        <button type="submit" class="button button-main">{common.show}</button>
        <a class="button" href="/audit">{common.all}</a>
      </div>
    </form>
  );
}
