import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { VMTerminal } from "@/islands/VMTerminal.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { may } from "@/services/identity/policy.ts";
import { vm as texts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

/** A window of its own has no use for the bar. */
export const config = { skipInheritedLayouts: true };

export const handler = define.handlers({
  async GET({ params, state }) {
    const session = signedIn(state);
    const vm = await state.services.vms.detail(session, params.name ?? "");
    if (!vm.console) throw new HttpError(404, `VM "${vm.name}" has no serial console.`);
    return page({ name: vm.name, readOnly: !may(session, "console.write", vm) });
  },
});

/** The terminal of a VM alone. */
export default define.page<typeof handler>(({ data: { name, readOnly } }) => (
  <main class="console-page">
    <Head>
      <title>{texts.consoleOf(name)}</title>
    </Head>
    <VMTerminal name={name} readOnly={readOnly} alone />
  </main>
));
