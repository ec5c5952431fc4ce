import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Field } from "@/components/Field.tsx";
import { FormToken } from "@/components/FormToken.tsx";
import { FormError } from "@/components/FormError.tsx";
import { AccessFields } from "@/components/users/AccessFields.tsx";
import { type Access, chosenAccess, grantable } from "@/routes/(_shared)/access.ts";
import { actor } from "@/routes/(_shared)/actor.ts";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { demand } from "@/services/identity/policy.ts";
import type { State } from "@/services/mod.ts";
import { common, users } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

interface Filled extends Access {
  name: string;
  error: string;
}

const FRESH: Access = { role: "viewer", grants: [] };

function show(state: State, filled: Filled) {
  const session = signedIn(state);
  demand(session, "users", null);
  return { ...filled, vms: grantable(state, session) };
}

export const handler = define.handlers({
  GET: ({ state }) => page(show(state, { name: "", error: "", ...FRESH })),

  async POST(ctx) {
    const { state } = ctx;
    const form = await ctx.req.formData();
    const name = String(form.get("name") ?? "");
    const password = String(form.get("password") ?? "");
    let access = FRESH;
    try {
      access = chosenAccess(form);
      const account = { name, password, ...access };
      await state.services.accounts.add(signedIn(state), account, actor(state));
      return ctx.redirect(`/users/${encodeURIComponent(name)}?done=added`, 303);
    } catch (thrown) {
      const { status, message: error } = answerable(thrown);
      return page(show(state, { name, error, ...access }), { status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <div class="users-page users-narrow">
    <Head>
      <title>{`${users.add} · virtglass`}</title>
    </Head>
    <header class="users-head">
      <h1>{users.add}</h1>
      <a href="/users">{users.all}</a>
    </header>
    <FormError message={data.error} />
    <form method="post" class="sheet">
      <FormToken />
      <section>
        <h2>{users.who}</h2>
        <Field
          name="name"
          label={users.name}
          value={data.name}
          autocomplete="off"
          autofocus={data.name === ""}
        />
        <Field
          name="password"
          label={users.password}
          type="password"
          autocomplete="new-password"
          autofocus={data.name !== ""}
          hint={users.passwordHint}
        />
      </section>
      <section>
        <h2>{users.mayDo}</h2>
        <AccessFields role={data.role} grants={byUUID(data.grants)} vms={data.vms} />
      </section>
      <p class="sheet-end">
        <a class="button" href="/users">{common.cancel}</a>
        <button type="submit" class="button button-main">{users.addOne}</button>
      </p>
    </form>
  </div>
));

/** The form names VMs by their UUIDs. */
const byUUID = (grants: Access["grants"]) => grants.map(({ vm, role }) => ({ uuid: vm, role }));
