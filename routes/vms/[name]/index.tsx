import { HttpError, page } from "fresh";
import { Facts } from "@/components/Facts.tsx";
import { thin, WINDOW } from "@/components/history.ts";
import type { Told } from "@/components/Outcome.tsx";
import { CHOICES, isChoice, isForced } from "@/components/power.ts";
import { VMCharts } from "@/islands/VMCharts.tsx";
import { VMTerminal } from "@/islands/VMTerminal.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import type { State } from "@/services/mod.ts";
import { define } from "@/utils.ts";

/** Points of history in the page itself; the charts ask for all of it. */
const POINTS = 120;

async function show(state: State, name: string, told: Told | null, query: URLSearchParams) {
  const { services } = state;
  const session = signedIn(state);
  const vm = await services.vms.detail(session, name);
  const confirm = query.get("confirm");
  return {
    vm,
    told: told ?? outcome(state, query.get("command")),
    role: session.user.role,
    asking: isForced(confirm) ? confirm : null,
    history: thin(services.monitor.history(vm.uuid, WINDOW), POINTS),
    now: Date.now(),
  };
}

/** What became of the command that the form before this page gave. */
function outcome(state: State, requestId: string | null): Told | null {
  if (requestId === null) return null;
  const { success, message } = state.services.commands.find(signedIn(state), requestId);
  return message === null ? null : { kind: success ? "done" : "failed", message };
}

export const handler = define.handlers({
  async GET({ params, state, url }) {
    return page(await show(state, params.name ?? "", null, url.searchParams));
  },

  /** A power button of a page without its script: runs the command, then shows what came of it. */
  async POST(ctx) {
    const name = ctx.params.name ?? "";
    const form = await ctx.req.formData();
    const chosen = String(form.get("choice"));
    if (!isChoice(chosen)) throw new HttpError(400, `There is no action "${chosen}".`);
    const { action, force } = CHOICES[chosen];
    if (force && form.get("confirmed") !== "yes") {
      return ctx.redirect(`${ctx.url.pathname}?confirm=${chosen}`, 303);
    }
    const command = { action, requestId: crypto.randomUUID(), ...(force ? { force } : {}) };
    const { commands } = ctx.state.services;
    const { success, message } = await commands.run(signedIn(ctx.state), name, command);
    if (success) return ctx.redirect(`${ctx.url.pathname}?command=${command.requestId}`, 303);
    const told = { kind: "failed", message } as const;
    return page(await show(ctx.state, name, told, new URLSearchParams()), { status: 409 });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { vm, told, role, asking, history, now } = data;
  return (
    <VMFrame vm={vm} role={role} now={now} tab="overview" told={told} asking={asking}>
      <VMCharts name={vm.name} memory={vm.memory} history={history} now={now} />
      <div class="vm-body">
        <section id="console" aria-label="Console">
          {vm.console ? <VMTerminal name={vm.name} readOnly={role === "viewer"} /> : <NoConsole />}
        </section>
        <Facts vm={vm} />
      </div>
    </VMFrame>
  );
});

function NoConsole() {
  return (
    <div class="empty">
      <h2>No serial console</h2>
      <p>
        This VM has none. <code>virsh edit</code> adds one with{" "}
        <code>{"<console type='pty'/>"}</code>; it is there from the next start.
      </p>
    </div>
  );
}
