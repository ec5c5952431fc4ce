import { page } from "fresh";
import { HardwareList } from "@/components/HardwareList.tsx";
import { VMPart } from "@/islands/VMPart.tsx";
import { vmPart } from "@/routes/(_shared)/vm_part.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { parseHardware } from "@/services/vms/hardware.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    return page(await vmPart(state, params.name!, (vms, session, uuid) => vms.xml(session, uuid)));
  },
});

export default define.page<typeof handler>(({ data: { frame, mark, part } }) => (
  <VMFrame {...frame} tab="hardware">
    <HardwareList kinds={parseHardware(part)} />
    <VMPart vm={frame.vm.name} part="hardware" mark={mark} />
  </VMFrame>
));
