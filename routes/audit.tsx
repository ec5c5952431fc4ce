import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AuditForm } from "@/components/AuditForm.tsx";
import { AuditTable } from "@/components/AuditTable.tsx";
import { Pages } from "@/components/Pages.tsx";
import { AUDIT_KINDS } from "@/protocol/words.ts";
import { auditFilter } from "@/routes/(_shared)/audit_filter.ts";
import { whole, withQuery } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { audit } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

/** Records on one page. */
const PAGE = 100;

export const handler = define.handlers({
  GET({ state, url }) {
    const { searchParams } = url;
    const session = signedIn(state);
    const before = whole(searchParams, "before");
    const records = state.gate.audit.list(session, auditFilter(url), PAGE + 1, before);
    const shown = records.slice(0, PAGE);
    const text = (name: string) => searchParams.get(name) ?? "";
    const asked = {
      user: text("user"),
      vm: text("vm"),
      kind: text("kind"),
      since: text("since"),
      until: text("until"),
    };
    const given = Object.entries(asked).filter(([, value]) => value !== "");
    return page({
      records: shown,
      asked,
      newest: before === undefined ? null : withQuery("/audit", given),
      older: records.length > PAGE
        ? withQuery("/audit", [...given, ["before", String(shown.at(-1)!.seq)]])
        : null,
      lines: withQuery("/api/v1/audit", [...given, ["format", "jsonl"]]),
    });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { records, asked, newest, older, lines } = data;
  return (
    <div class="audit-page">
      <Head>
        <title>{`${audit.title} · virtglass`}</title>
      </Head>
      <header class="audit-head">
        <h1>{audit.title}</h1>
        <a class="button" href={lines} download>{audit.exportLines}</a>
      </header>
      <AuditForm asked={asked} kinds={AUDIT_KINDS} />
      {records.length > 0 ? <AuditTable records={records} /> : <None />}
      <Pages label={audit.pages} newest={newest} older={older} />
    </div>
  );
});

function None() {
  return (
    <div class="empty">
      <h2>{audit.none}</h2>
      <p>{audit.noneNote}</p>
    </div>
  );
}
