import { page } from "fresh";
import { Head } from "fresh/runtime";
import { HostView } from "@/islands/HostView.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET({ state }) {
    const { host, vms } = state.services;
    const session = signedIn(state);
    return page({ host: host.snapshot(session), vms: vms.list(session), now: Date.now() });
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
