import { page } from "fresh";
import { XMLView } from "@/components/XMLView.tsx";
import { VMPart } from "@/islands/VMPart.tsx";
import { vmPart } from "@/routes/(_shared)/vm_part.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    return page(await vmPart(state, params.name!, (vms, session, uuid) => vms.xml(session, uuid)));
  },
});

export default define.page<typeof handler>(({ data: { frame, mark, part } }) => (
  <VMFrame {...frame} tab="xml">
    <XMLView xml={part} href={`/api/v1/vms/${frame.vm.uuid}/xml`} />
    <VMPart vm={frame.vm.name} part="xml" mark={mark} />
  </VMFrame>
));
