import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { Field } from "@/components/Field.tsx";
import { FormError } from "@/components/FormError.tsx";
import { FormToken } from "@/components/FormToken.tsx";
import { day, moment } from "@/components/moment.ts";
import { AccessFields } from "@/components/users/AccessFields.tsx";
import { ConfirmDeleteUser } from "@/components/users/ConfirmDeleteUser.tsx";
import type { Account, AccountChange } from "@/protocol/mod.ts";
import { chosenAccess, grantable } from "@/routes/(_shared)/access.ts";
import { actor } from "@/routes/(_shared)/actor.ts";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import type { State } from "@/services/mod.ts";
import { users } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

/** What each form of the page changes. */
const CHANGES: Record<string, (form: FormData) => AccountChange> = {
  access: chosenAccess,
  password: (form) => ({ password: String(form.get("password") ?? "") }),
  disable: () => ({ disabled: true }),
  enable: () => ({ disabled: false }),
};

function show(state: State, name: string, query: URLSearchParams, error: string) {
  const session = signedIn(state);
  const account = state.services.accounts.get(session, name);
  return {
    account,
    vms: grantable(state, session, account.grants),
    secondFactor: state.services.accounts.hasSecondFactor(session, name),
    self: session.user.name === name,
    done: query.get("done"),
    asking: query.get("confirm") === "delete",
    error,
  };
}

export const handler = define.handlers({
  GET: ({ params, state, url }) => page(show(state, params.name!, url.searchParams, "")),

  async POST(ctx) {
    const { state } = ctx;
    const name = ctx.params.name!;
    const { accounts } = state.services;
    const form = await ctx.req.formData();
    const wanted = String(form.get("do"));
    const change = Object.hasOwn(CHANGES, wanted) ? CHANGES[wanted] : undefined;
    try {
      if (wanted === "delete") {
        accounts.remove(signedIn(state), name, actor(state));
        return ctx.redirect(`/users?removed=${encodeURIComponent(name)}`, 303);
      }
      if (wanted === "reset-2fa") {
        accounts.resetSecondFactor(signedIn(state), name, actor(state));
        return ctx.redirect(`${ctx.url.pathname}?done=${wanted}`, 303);
      }
      if (!change) throw new HttpError(400, `There is no action "${wanted}".`);
      await accounts.change(signedIn(state), name, change(form), actor(state));
      return ctx.redirect(`${ctx.url.pathname}?done=${wanted}`, 303);
    } catch (thrown) {
      const { status, message } = answerable(thrown);
      return page(show(state, name, new URLSearchParams(), message), { status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { account, vms, secondFactor, self, done, asking, error } = data;
  const { name, role, grants } = account;
  const said = users.done[done ?? ""];
  return (
    <div class="users-page users-narrow">
      <Head>
        <title>{`${name} · virtglass`}</title>
      </Head>
      <header class="users-head">
        <div>
          <h1>{name}</h1>
          <p class="soft">
            <Since account={account} self={self} />
          </p>
        </div>
        <a href="/users">{users.all}</a>
      </header>
      <FormError message={error} />
      {said === undefined ? null : <p class="outcome outcome-done" role="status">{said}</p>}
      {asking ? <ConfirmDeleteUser name={name} /> : null}
      <form method="post" action="?" class="sheet">
        <FormToken />
        <section>
          <h2>{users.mayDo}</h2>
          <AccessFields role={role} grants={grants} vms={vms} />
        </section>
        <p class="sheet-end">
          <button type="submit" class="button button-main" name="do" value="access">
            {users.save}
          </button>
        </p>
      </form>
      <form method="post" action="?" class="sheet">
        <FormToken />
        <section>
          <h2>{users.newPassword}</h2>
          <Field
            name="password"
            label={users.password}
            type="password"
            autocomplete="new-password"
            hint={users.endsSessions}
          />
        </section>
        <p class="sheet-end">
          <button type="submit" class="button" name="do" value="password">
            {users.setPassword}
          </button>
        </p>
      </form>
      {secondFactor ? <SecondFactor name={name} /> : null}
      <Ending account={account} />
    </div>
  );
});

function Since({ account, self }: { account: Account; self: boolean }) {
  const { createdAt, signedInAt, disabled } = account;
  return (
    <>
      {self ? `${users.you} ` : ""}
      {users.hereSince(day(createdAt))}{" "}
      {signedInAt === null ? users.neverSignedIn : users.signedInLast(moment(signedInAt))}
      {disabled ? <span class="tag tag-bad">{users.disabled}</span> : null}
    </>
  );
}

/** For who has lost phone and recovery codes. */
function SecondFactor({ name }: { name: string }) {
  return (
    <form method="post" action="?" class="sheet">
      <FormToken />
      <section>
        <h2>{users.secondFactor}</h2>
        <p class="soft">{users.secondFactorNote(name)}</p>
      </section>
      <p class="sheet-end">
        <button type="submit" class="button button-danger" name="do" value="reset-2fa">
          {users.turnOff}
        </button>
      </p>
    </form>
  );
}

/** Keeping somebody out, for a while or for good. */
function Ending({ account: { name, disabled } }: { account: Account }) {
  return (
    <form method="post" action="?" class="sheet">
      <FormToken />
      <section>
        <h2>{disabled ? users.isDisabled : users.keepOut}</h2>
        <p class="soft">
          {disabled ? users.disabledNote(name) : users.disablingNote}
        </p>
      </section>
      <p class="sheet-end">
        <a class="button button-danger" href="?confirm=delete">{users.remove}</a>
        <button type="submit" class="button" name="do" value={disabled ? "enable" : "disable"}>
          {disabled ? users.enable : users.disable}
        </button>
      </p>
    </form>
  );
}
