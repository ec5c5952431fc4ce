import { page } from "fresh";
import { HardwareList } from "@/components/HardwareList.tsx";
import { VMPart } from "@/islands/VMPart.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { parseHardware } from "@/services/vms/hardware.ts";
import { may } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    const session = signedIn(state);
    const { vms } = state.services;
    const vm = vms.get(session, params.name!);
    const kinds = parseHardware(await vms.xml(session, vm.uuid));
    return page({ vm, maySwitch: may(session, "start", vm), now: Date.now(), kinds });
  },
});

export default define.page<typeof handler>(({ data: { kinds, ...frame } }) => (
  <VMFrame {...frame} tab="hardware">
    <HardwareList kinds={kinds} />
    <VMPart vm={frame.vm.name} part="hardware" />
  </VMFrame>
));
