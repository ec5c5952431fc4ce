import { define } from "@/utils.ts";

/** libvirt answers now. */
export const handler = define.handlers({
  async GET({ state }) {
    const { connected, message } = await state.services.hypervisor.probe();
    return connected
      ? Response.json({ status: "ready" })
      : Response.json({ status: "unavailable", message }, { status: 503 });
  },
});
