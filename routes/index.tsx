import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { ManyQuestion, type Props as ManyProps, type Target } from "@/components/ManyQuestion.tsx";
import { NoVMs } from "@/components/NoVMs.tsx";
import type { Told } from "@/components/Outcome.tsx";
import { CHOICES, isChoice } from "@/components/power.ts";
import { SelectionBar } from "@/components/SelectionBar.tsx";
import { StorageReadout } from "@/components/StorageReadout.tsx";
import { rangeOf } from "@/components/ranges.ts";
import { readView } from "@/components/vm_view.ts";
import { HostView } from "@/islands/HostView.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { HostCharts } from "@/islands/hooks/HostCharts.tsx";
import type { Past } from "@/islands/hooks/HostPast.tsx";
import type { Host } from "@/protocol/mod.ts";
import { firstSpan } from "@/routes/(_shared)/span.ts";
import { sparksOf } from "@/routes/(_shared)/sparks.ts";
import { may, seesAll } from "@/services/identity/policy.ts";
import type { Services, State } from "@/services/mod.ts";
import { define } from "@/utils.ts";
import { host, hostLoad } from "@/texts/mod.ts";

/** The host's load over time; not in the page before somebody asks for it. */
function pastOf({ monitor }: Services, range: string | null): Past {
  const history = range === null ? null : monitor.hostHistory(firstSpan(rangeOf(range)));
  return { history, range };
}

/** The host as it is now, in the view that is asked for. */
function view(state: State, query: URLSearchParams) {
  const { services } = state;
  const session = signedIn(state);
  const now = Date.now();
  const vms = services.vms.list(session);
  return {
    host: services.host.snapshot(session),
    // The host's load tells of VMs that one may not see.
    ...(seesAll(session) ? { past: pastOf(services, query.get("range")) } : {}),
    vms,
    sparks: sparksOf(services, vms, now),
    view: readView(query),
    mayAct: vms.some((vm) => may(session, "suspend", vm)),
    now,
  };
}

/** What is asked about several VMs, or is told of it. */
type Asking = Pick<ManyProps, "choice" | "targets" | "told">;

export const handler = define.handlers({
  /** `?ask=CHOICE&vm=UUID...` comes back with the question about these VMs. */
  GET({ state, url }) {
    const { searchParams } = url;
    const ask = searchParams.get("ask");
    const shown = view(state, searchParams);
    const asked = new Set(searchParams.getAll("vm"));
    const asking: Asking | null = isChoice(ask) && asked.size > 0
      ? { choice: ask, targets: shown.vms.filter(({ uuid }) => asked.has(uuid)) }
      : null;
    return page({ view: shown, asking });
  },

  /**
   * The answer to the question, of a page without its script: what becomes of it is Activity's, and
   * which VMs were left out is said here.
   */
  async POST({ req, state, url, redirect }) {
    const form = await req.formData();
    const choice = String(form.get("choice"));
    if (!isChoice(choice)) throw new HttpError(400, `There is no action "${choice}".`);
    const { action, force } = CHOICES[choice];
    const { commands, refused } = state.services.commands.submitToMany(
      signedIn(state),
      state.address,
      form.getAll("vm").map(String),
      { action, requestId: crypto.randomUUID(), ...(force ? { force } : {}) },
    );
    if (refused.length === 0) return redirect("/activity", 303);
    const targets: Target[] = [
      ...refused.map(({ vm }): Target => ({ uuid: vm, name: vm, status: "unknown" })),
      ...commands.map(({ uuid, vm }): Target => ({ uuid, name: vm, status: "unknown" })),
    ];
    const told = new Map<string, Told>([
      ...refused.map(({ vm, message }): [string, Told] => [vm, { kind: "failed", message }]),
      ...commands.map(({ uuid }): [string, Told] => [uuid, { kind: "pending", message: "" }]),
    ]);
    const asking: Asking = { choice, targets, told };
    return page({ view: view(state, url.searchParams), asking }, { status: 409 });
  },
});

export default define.page<typeof handler>(({ data: { view, asking } }) => (
  <>
    <Head>
      <title>{`${view.host.name} · virtglass`}</title>
    </Head>
    <h1 class="hidden">{host.heading(view.host.name)}</h1>
    <p class="hidden" role="status" id="changes" />
    <HostView
      {...view}
      storage={view.host.storage && <StorageReadout storage={view.host.storage} />}
      pastDrawn={view.past && <PastDrawn {...view} past={view.past} />}
    >
      <NoVMs />
    </HostView>
    {view.mayAct && view.vms.length > 0
      ? (
        <noscript>
          <SelectionBar states={null} />
        </noscript>
      )
      : null}
    {asking === null ? null : <ManyQuestion {...asking} open />}
  </>
));

/** What the fold over the charts holds before, and without, their script. */
function PastDrawn({ past, host: drawn, now }: { past: Past; host: Host; now: number }) {
  if (past.range === null) return <a href="/?range=5m">{hostLoad.show}</a>;
  return <HostCharts {...past} host={drawn} now={now} shown />;
}
