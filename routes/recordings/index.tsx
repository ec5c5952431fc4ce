import { page } from "fresh";
import { Head } from "fresh/runtime";
import { RecordingTable } from "@/components/RecordingTable.tsx";
import type { Recording } from "@/protocol/mod.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { may } from "@/services/identity/policy.ts";
import { MOST_LISTED } from "@/services/recordings/catalog.ts";
import { recordings as texts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET({ state, url }) {
    const { recordings } = state.services;
    const session = signedIn(state);
    const vm = url.searchParams.get("vm");
    return page({
      vm,
      recordings: vm === null ? recordings.list(session) : recordings.listOf(session, vm),
      mayDelete: (recording: Recording) => may(session, "record.delete", recording),
      now: Date.now(),
    });
  },
});

export default define.page<typeof handler>(({ data: { vm, ...listed } }) => (
  <div class="recordings-page">
    <Head>
      <title>{`${vm === null ? texts.title : texts.titleOf(vm)} · virtglass`}</title>
    </Head>
    <header class="recordings-head">
      <h1>{vm === null ? texts.title : texts.titleOf(vm)}</h1>
      {vm === null ? null : <a href="/recordings">{texts.all}</a>}
    </header>
    {listed.recordings.length > 0 ? <RecordingTable {...listed} /> : <None />}
    {listed.recordings.length < MOST_LISTED
      ? null
      : <p class="soft">{texts.newestOf(MOST_LISTED)}</p>}
  </div>
));

function None() {
  return (
    <div class="empty">
      <h2>{texts.none}</h2>
      <p>
        {texts.noneNote[0]}
        <code>recordings.auto</code>
        {texts.noneNote[1]}
      </p>
    </div>
  );
}
