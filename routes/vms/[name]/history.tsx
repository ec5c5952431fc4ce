import { page } from "fresh";
import { timelineOf } from "@/components/happened.ts";
import type { Retriable } from "@/components/TimelineList.tsx";
import { Timeline } from "@/islands/Timeline.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { may } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

/** How much of a VM's past the page has. */
const MOST = 200;

export const handler = define.handlers({
  GET({ params, state }) {
    const session = signedIn(state);
    const { vms, commands, events } = state.services;
    const vm = vms.get(session, params.name!);
    const filter = { uuid: vm.uuid, limit: MOST };
    const mayRetry: Retriable = may(session, "start", vm) ? "all" : [];
    return page({
      frame: { vm, maySwitch: may(session, "start", vm), now: Date.now() },
      commands: commands.list(session, filter),
      events: events.list(session, filter).events,
      mayRetry,
    });
  },
});

export default define.page<typeof handler>(({ data: { frame, mayRetry, ...past } }) => (
  <VMFrame {...frame} tab="history">
    <Timeline
      lines={timelineOf(past.commands, past.events, MOST)}
      vm={frame.vm.name}
      show="all"
      mayRetry={mayRetry}
    />
  </VMFrame>
));
