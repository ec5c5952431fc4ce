import { page } from "fresh";
import { Head } from "fresh/runtime";
import { shownOf, SHOWS, timeline } from "@/components/happened.ts";
import { Timeline } from "@/islands/Timeline.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { may } from "@/services/identity/policy.ts";
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
    const lines = timeline(
      show === "all" || show === "command" ? commands.list(session, filter) : [],
      show === "command" ? [] : events.list(session, filter).events,
      MOST,
    ).filter(({ kind }) => show === "all" || kind === show);
    return page({ lines, show, mayRetry: may(session, "start", null) });
  },
});

export default define.page<typeof handler>(({ data: { lines, show, mayRetry } }) => (
  <div class="activity">
    <Head>
      <title>Activity · virtglass</title>
    </Head>
    <h1>Activity</h1>
    <nav class="tabs" aria-label="What to show">
      {Object.entries(SHOWS).map(([name, label]) => (
        <a
          key={name}
          href={name === "all" ? "/activity" : `/activity?show=${name}`}
          {...(name === show ? { "aria-current": "page" } : {})}
        >
          {label}
        </a>
      ))}
    </nav>
    <Timeline lines={lines} vm={null} show={show} mayRetry={mayRetry} />
  </div>
));
