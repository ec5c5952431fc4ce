import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** libvirt's own words, as a file of its own type: no browser takes it for a page. */
export const handler = define.handlers({
  async GET({ params, state }) {
    const xml = await state.services.vms.xml(signedIn(state), params.name!);
    return new Response(xml, { headers: { "content-type": "application/xml; charset=utf-8" } });
  },
});
