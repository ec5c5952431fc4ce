import { page } from "fresh";
import { Head } from "fresh/runtime";
import { rangeOf } from "@/components/ranges.ts";
import { HostView } from "@/islands/HostView.tsx";
import { firstSpan } from "@/routes/(_shared)/span.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { seesAll } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET({ state, url }) {
    const { host, vms, monitor } = state.services;
    const session = signedIn(state);
    const range = url.searchParams.get("range");
    return page({
      host: host.snapshot(session),
      vms: vms.list(session),
      // Its load tells of VMs that one may not see.
      ...(seesAll(session)
        ? { past: { history: monitor.hostHistory(firstSpan(rangeOf(range))), range } }
        : {}),
      now: Date.now(),
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>{`${data.host.name} · virtglass`}</title>
    </Head>
    <h1 class="hidden">Host {data.host.name}</h1>
    <HostView {...data} />
  </>
));
