import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Field } from "@/components/Field.tsx";
import { FormError } from "@/components/FormError.tsx";
import { FormToken } from "@/components/FormToken.tsx";
import { Icon } from "@/components/Icon.tsx";
import { type Role, ROLES } from "@/protocol/words.ts";
import { actor } from "@/routes/(_shared)/actor.ts";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { GlassError } from "@/services/errors.ts";
import { rolesUpTo } from "@/services/identity/capped.ts";
import { account, common, tokens as texts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

const DAYS = [7, 30, 90, 366];

interface Shown {
  /** Those that may be chosen, the least first. */
  roles: Role[];
  name: string;
  error: string;
  /** The token that was just made, for the only time. */
  token: string | null;
}

export const handler = define.handlers({
  GET({ state }) {
    return page<Shown>({ roles: choices(signedIn(state)), name: "", error: "", token: null });
  },

  async POST(ctx) {
    const { sessions } = ctx.state.gate;
    const session = signedIn(ctx.state);
    const { user } = session;
    const form = await ctx.req.formData();
    const text = (name: string) => String(form.get(name) ?? "");
    if (form.has("revoke")) {
      sessions.apiTokens.revoke(user.name, text("revoke"), actor(ctx.state));
      return ctx.redirect("/account?done=revoked", 303);
    }
    const shown = { roles: choices(session), name: text("name") };
    try {
      await sessions.signIn.confirm(user.name, text("password"), actor(ctx.state));
      const wanted = {
        name: text("name"),
        role: readRole(text("role")),
        days: Number(text("days")),
      };
      const token = await sessions.apiTokens.create(user, wanted, actor(ctx.state));
      return page<Shown>({ ...shown, name: wanted.name, error: "", token });
    } catch (error) {
      const { message, status } = answerable(error);
      return page<Shown>({ ...shown, error: message, token: null }, { status });
    }
  },
});

const choices = ({ user }: ReturnType<typeof signedIn>) => rolesUpTo(user).toReversed();

function readRole(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role) return role;
  throw new GlassError("INVALID_MESSAGE", `There is no role "${text}".`);
}

export default define.page<typeof handler>(({ data }) => (
  <div class="account account-form">
    <Head>
      <title>{`${texts.newToken} · virtglass`}</title>
    </Head>
    <h1>{texts.newToken}</h1>
    <FormError message={data.error} />
    {data.token === null ? <Wanted {...data} /> : <Made name={data.name} token={data.token} />}
  </div>
));

function Wanted({ roles, name }: Shown) {
  return (
    <form method="post">
      <FormToken />
      <Field
        name="name"
        label={texts.name}
        value={name}
        autocomplete="off"
        autofocus
        hint={texts.nameHint}
      />
      <div class="field">
        <label for="role">{texts.role}</label>
        <select id="role" name="role" aria-describedby="role-hint">
          {roles.map((role) => <option key={role} value={role}>{role}</option>)}
        </select>
        <p class="field-hint" id="role-hint">
          {texts.roleHint}
        </p>
      </div>
      <div class="field">
        <label for="days">{texts.goodFor}</label>
        <select id="days" name="days">
          {DAYS.map((days) => (
            <option key={days} value={days} selected={days === 30}>{texts.days(days)}</option>
          ))}
        </select>
      </div>
      <Field
        name="password"
        label={account.yourPassword}
        type="password"
        autocomplete="current-password"
        hint={texts.passwordHint}
      />
      <div class="form-end">
        <button type="submit" class="button button-main">{texts.make}</button>
        <a href="/account">{common.cancel}</a>
      </div>
    </form>
  );
}

function Made({ name, token }: { name: string; token: string }) {
  return (
    <>
      <p class="notice">
        <Icon name="warning" />
        <span>
          <span class="notice-title">{texts.copyNow(name)}</span> {texts.copyNote}
        </span>
      </p>
      <p>
        <code class="secret" id="token">{token}</code>
      </p>
      <p class="soft">
        {texts.sentAs[0]}
        <code>Authorization: Bearer</code>
        {texts.sentAs[1]}
      </p>
      <p>
        <a class="button button-main" href="/account">{texts.copied}</a>
      </p>
    </>
  );
}
