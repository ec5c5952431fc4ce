import { HttpError, page } from "fresh";
import type { Told } from "@/components/Outcome.tsx";
import { CHOICES, isChoice, isForced } from "@/components/power.ts";
import { rangeOf } from "@/components/ranges.ts";
import { VMCharts } from "@/islands/VMCharts.tsx";
import { VMFacts } from "@/islands/VMFacts.tsx";
import { VMTerminal } from "@/islands/VMTerminal.tsx";
import { firstSpan } from "@/routes/(_shared)/span.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { may } from "@/services/identity/policy.ts";
import type { State } from "@/services/mod.ts";
import { vm as texts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

async function show(state: State, name: string, told: Told | null, query: URLSearchParams) {
  const { services } = state;
  const session = signedIn(state);
  const vm = await services.vms.detail(session, name);
  const confirm = query.get("confirm");
  const range = rangeOf(query.get("range"));
  return {
    vm,
    told: told ?? outcome(state, query.get("command")),
    maySwitch: may(session, "start", vm),
    readOnly: !may(session, "console.write", vm),
    asking: isForced(confirm) ? confirm : null,
    history: services.monitor.history(services.vms.find(session, name), firstSpan(range)),
    range: range.id,
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
    const { success, message } = await commands.run(
      signedIn(ctx.state),
      ctx.state.address,
      name,
      command,
    );
    if (success) return ctx.redirect(`${ctx.url.pathname}?command=${command.requestId}`, 303);
    const told = { kind: "failed", message } as const;
    return page(await show(ctx.state, name, told, new URLSearchParams()), { status: 409 });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { vm, told, maySwitch, readOnly, asking, history, range, now } = data;
  return (
    <VMFrame vm={vm} maySwitch={maySwitch} now={now} tab="overview" told={told} asking={asking}>
      <VMCharts name={vm.name} memory={vm.memory} history={history} range={range} now={now} />
      <div class="vm-body">
        <section id="console" aria-label={texts.console}>
          {vm.console ? <VMTerminal name={vm.name} readOnly={readOnly} /> : <NoConsole />}
        </section>
        <VMFacts vm={vm} />
      </div>
    </VMFrame>
  );
});

function NoConsole() {
  const [before, between, after] = texts.noConsoleNote;
  return (
    <div class="empty">
      <h2>{texts.noConsole}</h2>
      <p>
        {before}
        <code>virsh edit</code>
        {between}
        <code>{"<console type='pty'/>"}</code>
        {after}
      </p>
    </div>
  );
}
