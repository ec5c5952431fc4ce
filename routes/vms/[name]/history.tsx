import { page } from "fresh";
import { vmPath } from "@/components/format.ts";
import type { Retriable } from "@/components/TimelineList.tsx";
import { Timeline } from "@/islands/Timeline.tsx";
import { asData, past } from "@/routes/(_shared)/past.ts";
import { before } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { may } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  /** `?before=TIME`: what happened until then. */
  GET({ params, req, state, url }) {
    const session = signedIn(state);
    const { services } = state;
    const vm = services.vms.get(session, params.name!);
    const asked = { show: "all", vm: vm.uuid, before: before(url) } as const;
    const found = past(services, session, asked);
    const maySwitch = may(session, "start", vm);
    const mayRetry: Retriable = maySwitch ? "all" : [];
    return asData(req, found) ?? page({
      frame: { vm, maySwitch, now: Date.now() },
      found,
      live: asked.before === undefined,
      mayRetry,
    });
  },
});

export default define.page<typeof handler>(({ data: { frame, found, live, mayRetry } }) => (
  <VMFrame {...frame} tab="history">
    <Timeline
      found={found}
      only={{ show: "all", vm: frame.vm.name, user: null }}
      live={live}
      address={`${vmPath(frame.vm)}/history`}
      mayRetry={mayRetry}
    />
  </VMFrame>
));
