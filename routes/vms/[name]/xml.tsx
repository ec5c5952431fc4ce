import { page } from "fresh";
import { XMLView } from "@/components/XMLView.tsx";
import { VMPart } from "@/islands/VMPart.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { may } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    const session = signedIn(state);
    const { vms } = state.services;
    const vm = vms.get(session, params.name!);
    const xml = await vms.xml(session, vm.uuid);
    return page({ vm, maySwitch: may(session, "start", vm), now: Date.now(), xml });
  },
});

export default define.page<typeof handler>(({ data: { xml, ...frame } }) => (
  <VMFrame {...frame} tab="xml">
    <XMLView xml={xml} href={`/api/v1/vms/${frame.vm.uuid}/xml`} />
    <VMPart vm={frame.vm.name} part="xml" />
  </VMFrame>
));
