import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { Field } from "@/components/Field.tsx";
import { FormError } from "@/components/FormError.tsx";
import { FormToken } from "@/components/FormToken.tsx";
import { day, moment } from "@/components/moment.ts";
import { AccessFields } from "@/components/users/AccessFields.tsx";
import { ConfirmDeleteUser } from "@/components/users/ConfirmDeleteUser.tsx";
import type { Account, AccountChange } from "@/protocol.ts";
import { chosenAccess, grantable } from "@/routes/(_shared)/access.ts";
import { actor } from "@/routes/(_shared)/actor.ts";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import type { State } from "@/services/mod.ts";
import { define } from "@/utils.ts";

/** What the page says after a form was taken. */
const DONE: Record<string, string> = {
  added: "Added. The user may sign in now.",
  access: "Saved. It counts from now on, for what is open already as well.",
  password: "The password is changed, and all sessions of the user have ended.",
  disable: "Disabled. All sessions of the user have ended.",
  enable: "The user may sign in again.",
  "reset-2fa": "The second factor is off. The user signs in by password alone.",
};

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
    done: DONE[query.get("done") ?? ""] ?? "",
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
        <a href="/users">All users</a>
      </header>
      <FormError message={error} />
      {done === "" ? null : <p class="outcome outcome-done" role="status">{done}</p>}
      {asking ? <ConfirmDeleteUser name={name} /> : null}
      <form method="post" action="?" class="sheet">
        <FormToken />
        <section>
          <h2>May do</h2>
          <AccessFields role={role} grants={grants} vms={vms} />
        </section>
        <p class="sheet-end">
          <button type="submit" class="button button-main" name="do" value="access">Save</button>
        </p>
      </form>
      <form method="post" action="?" class="sheet">
        <FormToken />
        <section>
          <h2>New password</h2>
          <Field
            name="password"
            label="Password"
            type="password"
            autocomplete="new-password"
            hint="It ends all sessions of the user."
          />
        </section>
        <p class="sheet-end">
          <button type="submit" class="button" name="do" value="password">Set the password</button>
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
      {self ? "That is you. " : ""}
      Here since {day(createdAt)};{" "}
      {signedInAt === null ? "has never signed in." : `signed in last ${moment(signedInAt)}.`}
      {disabled ? <span class="tag tag-bad">disabled</span> : null}
    </>
  );
}

/** For who has lost phone and recovery codes. */
function SecondFactor({ name }: { name: string }) {
  return (
    <form method="post" action="?" class="sheet">
      <FormToken />
      <section>
        <h2>Second factor</h2>
        <p class="soft">
          On. Turn it off only when {name}{" "}
          has lost it, and has told you so in person: the password does alone then.
        </p>
      </section>
      <p class="sheet-end">
        <button type="submit" class="button button-danger" name="do" value="reset-2fa">
          Turn off
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
        <h2>{disabled ? "Disabled" : "Keep out"}</h2>
        <p class="soft">
          {disabled
            ? `${name} cannot sign in. Password and permissions are kept.`
            : `Disabling ends all sessions at once, and keeps password and permissions for later.`}
        </p>
      </section>
      <p class="sheet-end">
        <a class="button button-danger" href="?confirm=delete">Delete…</a>
        <button type="submit" class="button" name="do" value={disabled ? "enable" : "disable"}>
          {disabled ? "Enable" : "Disable"}
        </button>
      </p>
    </form>
  );
}
