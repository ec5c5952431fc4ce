import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Field } from "@/components/Field.tsx";
import { FormToken } from "@/components/FormToken.tsx";
import { FormError } from "@/components/FormError.tsx";
import { AccessFields } from "@/components/users/AccessFields.tsx";
import type { Role } from "@/protocol.ts";
import { chosenAccess, grantable } from "@/routes/(_shared)/access.ts";
import { actor } from "@/routes/(_shared)/actor.ts";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { demand } from "@/services/identity/policy.ts";
import type { State } from "@/services/mod.ts";
import { define } from "@/utils.ts";

function show(state: State, filled: { name: string; role: Role | null; error: string }) {
  const session = signedIn(state);
  demand(session, "users", null);
  return { ...filled, vms: grantable(state, session) };
}

export const handler = define.handlers({
  GET: ({ state }) => page(show(state, { name: "", role: "viewer", error: "" })),

  async POST(ctx) {
    const { state } = ctx;
    const form = await ctx.req.formData();
    const name = String(form.get("name") ?? "");
    try {
      const account = {
        name,
        password: String(form.get("password") ?? ""),
        ...chosenAccess(form),
      };
      await state.services.accounts.add(signedIn(state), account, actor(state));
      return ctx.redirect(`/users/${encodeURIComponent(name)}?done=added`, 303);
    } catch (thrown) {
      const { status, message: error } = answerable(thrown);
      return page(show(state, { name, role: "viewer", error }), { status });
    }
  },
});

export default define.page<typeof handler>(({ data: { name, role, error, vms } }) => (
  <div class="users-page users-narrow">
    <Head>
      <title>Add a user · virtglass</title>
    </Head>
    <header class="users-head">
      <h1>Add a user</h1>
      <a href="/users">All users</a>
    </header>
    <FormError message={error} />
    <form method="post" class="sheet">
      <FormToken />
      <section>
        <h2>Who</h2>
        <Field name="name" label="Name" value={name} autocomplete="off" autofocus={name === ""} />
        <Field
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          autofocus={name !== ""}
          hint="At least 8 characters, and not quickly guessed."
        />
      </section>
      <section>
        <h2>May do</h2>
        <AccessFields role={role} grants={[]} vms={vms} />
      </section>
      <p class="sheet-end">
        <a class="button" href="/users">Cancel</a>
        <button type="submit" class="button button-main">Add</button>
      </p>
    </form>
  </div>
));
