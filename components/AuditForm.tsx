import type { AuditKind } from "@/protocol.ts";
import { AUDIT_WORDS } from "@/components/audit_words.ts";

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
    <form class="audit-form" method="get" action="/audit" role="search" aria-label="Audit log">
      <Field name="user" label="User" value={asked.user} />
      <Field name="vm" label="VM" value={asked.vm} />
      <div class="field">
        <label for="kind">What</label>
        <select id="kind" name="kind">
          <option value="" selected={asked.kind === ""}>Everything</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind} selected={kind === asked.kind}>
              {AUDIT_WORDS[kind]}
            </option>
          ))}
        </select>
      </div>
      <Field name="since" label="From (UTC)" value={asked.since} type="datetime-local" />
      <Field name="until" label="Until (UTC)" value={asked.until} type="datetime-local" />
      <div class="audit-buttons">
        <button type="submit" class="button button-main">Show</button>
        <a class="button" href="/audit">All</a>
      </div>
    </form>
  );
}

interface FieldProps {
  name: keyof AuditQuestion;
  label: string;
  value: string;
  type?: string;
}

function Field({ name, label, value, type = "text" }: FieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
    </div>
  );
}
