import { page } from "fresh";
import { Head } from "fresh/runtime";
import { shownOf, SHOWS, timelineOf } from "@/components/happened.ts";
import type { Retriable } from "@/components/TimelineList.tsx";
import { Timeline } from "@/islands/Timeline.tsx";
import type { VM } from "@/protocol/mod.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { may } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import { timeline } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

/** How much of the past the page has. */
const MOST = 300;

export const handler = define.handlers({
  /** `?show=` is one of SHOWS. */
  GET({ state, url }) {
    const session = signedIn(state);
    const { commands, events } = state.services;
    const show = shownOf(url.searchParams.get("show"));
    const filter = { limit: MOST };
    return page({
      commands: show === "all" || show === "command" ? commands.list(session, filter) : [],
      events: show === "command" ? [] : events.list(session, filter).events,
      show,
      mayRetry: retriable(session, state.services.vms.list(session)),
    });
  },
});

/** On which VMs the session may do again what has failed. */
function retriable(session: Session, vms: VM[]): Retriable {
  if (may(session, "start", null)) return "all";
  return vms.filter((vm) => may(session, "start", vm)).map(({ name }) => name);
}

export default define.page<typeof handler>(({ data: { commands, events, show, mayRetry } }) => {
  const lines = timelineOf(commands, events, MOST)
    .filter(({ kind }) => show === "all" || kind === show);
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
            href={name === "all" ? "/activity" : `/activity?show=${name}`}
            {...(name === show ? { "aria-current": "page" } : {})}
          >
            {timeline.shows[name]}
          </a>
        ))}
      </nav>
      <Timeline lines={lines} vm={null} show={show} mayRetry={mayRetry} />
    </div>
  );
});
