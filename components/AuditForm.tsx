import type { AuditKind } from "@/protocol/mod.ts";
import { audit } from "@/texts/mod.ts";

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
    <form class="audit-form" method="get" action="/audit" role="search" aria-label={audit.title}>
      <Field name="user" label={audit.user} value={asked.user} />
      <Field name="vm" label={audit.vm} value={asked.vm} />
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
      <Field name="since" label={audit.from} value={asked.since} type="datetime-local" />
      <Field name="until" label={audit.until} value={asked.until} type="datetime-local" />
      <div class="audit-buttons">
        <button type="submit" class="button button-main">{audit.show}</button>
        <a class="button" href="/audit">{audit.all}</a>
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
