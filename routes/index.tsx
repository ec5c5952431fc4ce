import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { ManyQuestion } from "@/components/ManyQuestion.tsx";
import { NoVMs } from "@/components/NoVMs.tsx";
import { CHOICES, isChoice } from "@/components/power.ts";
import { SelectionBar } from "@/components/SelectionBar.tsx";
import { rangeOf } from "@/components/ranges.ts";
import { readView } from "@/components/vm_view.ts";
import { HostView } from "@/islands/HostView.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { HostCharts } from "@/islands/hooks/HostCharts.tsx";
import type { Past } from "@/islands/hooks/HostPast.tsx";
import type { Host } from "@/protocol/mod.ts";
import { firstSpan } from "@/routes/(_shared)/span.ts";
import { sparksOf } from "@/routes/(_shared)/sparks.ts";
import { asGlassError } from "@/services/errors.ts";
import { may, seesAll } from "@/services/identity/policy.ts";
import type { Services } from "@/services/mod.ts";
import { define } from "@/utils.ts";
import { host, hostLoad } from "@/texts/mod.ts";

/** The host's load over time; not in the page before somebody asks for it. */
function pastOf({ monitor }: Services, range: string | null): Past {
  const history = range === null ? null : monitor.hostHistory(firstSpan(rangeOf(range)));
  return { history, range };
}

export const handler = define.handlers({
  /** `?ask=CHOICE&vm=UUID...` comes back with the question about these VMs. */
  GET({ state, url }) {
    const { services } = state;
    const session = signedIn(state);
    const now = Date.now();
    const vms = services.vms.list(session);
    const query = url.searchParams;
    const asked = new Set(query.getAll("vm"));
    const ask = query.get("ask");
    const range = query.get("range");
    return page({
      view: {
        host: services.host.snapshot(session),
        // The host's load tells of VMs that one may not see.
        ...(seesAll(session) ? { past: pastOf(services, range) } : {}),
        vms,
        sparks: sparksOf(services, vms, now),
        view: readView(query),
        mayAct: vms.some((vm) => may(session, "suspend", vm)),
        now,
      },
      asking: isChoice(ask) && asked.size > 0
        ? { choice: ask, targets: vms.filter(({ uuid }) => asked.has(uuid)) }
        : null,
    });
  },

  /** The answer to the question, of a page without its script: what becomes of it is Activity's. */
  async POST(ctx) {
    const form = await ctx.req.formData();
    const choice = String(form.get("choice"));
    if (!isChoice(choice)) throw new HttpError(400, `There is no action "${choice}".`);
    const { action, force } = CHOICES[choice];
    const refused: string[] = [];
    for (const uuid of form.getAll("vm").map(String)) {
      const command = { action, requestId: crypto.randomUUID(), ...(force ? { force } : {}) };
      try {
        ctx.state.services.commands.submit(
          signedIn(ctx.state),
          ctx.state.address,
          uuid,
          command,
        );
      } catch (error) {
        refused.push(asGlassError(error).message);
      }
    }
    if (refused.length > 0) throw new HttpError(409, refused.join(" "));
    return ctx.redirect("/activity", 303);
  },
});

export default define.page<typeof handler>(({ data: { view, asking } }) => (
  <>
    <Head>
      <title>{`${view.host.name} · virtglass`}</title>
    </Head>
    <h1 class="hidden">{host.heading(view.host.name)}</h1>
    <HostView {...view} pastDrawn={view.past && <PastDrawn {...view} past={view.past} />}>
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
