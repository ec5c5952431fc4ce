import { page } from "fresh";
import { Head } from "fresh/runtime";
import { shownOf, SHOWS } from "@/components/happened.ts";
import { TimelineForm } from "@/components/TimelineForm.tsx";
import type { Retriable } from "@/components/TimelineList.tsx";
import { Timeline } from "@/islands/Timeline.tsx";
import type { VM } from "@/protocol/mod.ts";
import { asData, past } from "@/routes/(_shared)/past.ts";
import { before, withQuery } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { may } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import { timeline } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  /** `?show=&vm=&user=&before=TIME`: `show` is one of SHOWS; what is empty asks for nothing. */
  GET({ req, state, url }) {
    const session = signedIn(state);
    const { services } = state;
    const show = shownOf(url.searchParams.get("show"));
    const text = (name: string) => url.searchParams.get(name)?.trim() ?? "";
    const [vm, user] = [text("vm"), text("user")];
    const asked = { show, vm: vm || undefined, user: user || undefined, before: before(url) };
    const found = past(services, session, asked);
    const vms = services.vms.list(session);
    return asData(req, found) ?? page({
      found,
      asked: { show, vm, user },
      // What happens is told by the name that the VM has now.
      name: vms.find(({ uuid }) => uuid === vm)?.name ?? vm,
      live: asked.before === undefined,
      mayRetry: retriable(session, vms),
    });
  },
});

/** On which VMs the session may do again what has failed. */
function retriable(session: Session, vms: VM[]): Retriable {
  if (may(session, "start", null)) return "all";
  return vms.filter((vm) => may(session, "start", vm)).map(({ name }) => name);
}

export default define.page<typeof handler>(({ data: { found, asked, name, live, mayRetry } }) => {
  const { show, vm, user } = asked;
  const addressOf = (show: string) => {
    const given = Object.entries({ show: show === "all" ? "" : show, vm, user });
    return withQuery("/activity", given.filter(([, value]) => value !== ""));
  };
  return (
    <div class="activity">
      <Head>
        <title>{`${timeline.title} · virtglass`}</title>
      </Head>
      <h1>{timeline.title}</h1>
      <nav class="tabs" aria-label={timeline.whatToShow}>
        {SHOWS.map((name) => (
          <a
            key={name}
            href={addressOf(name)}
            {...(name === show ? { "aria-current": "page" } : {})}
          >
            {timeline.shows[name]}
          </a>
        ))}
      </nav>
      <TimelineForm show={show} vm={vm} user={user} />
      <Timeline
        found={found}
        only={{ show, vm: name || null, user: user || null }}
        live={live}
        address={addressOf(show)}
        mayRetry={mayRetry}
      />
    </div>
  );
});
