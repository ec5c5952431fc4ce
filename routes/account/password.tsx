import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Field } from "@/components/Field.tsx";
import { FormError } from "@/components/FormError.tsx";
import { FormToken } from "@/components/FormToken.tsx";
import { actor } from "@/routes/(_shared)/actor.ts";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { client } from "@/routes/(_shared)/client.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { GlassError } from "@/services/errors.ts";
import { sessionCookie } from "@/services/identity/cookies.ts";
import { account as texts, common } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: ({ state }) => page({ name: signedIn(state).user.name, error: "" }),

  async POST(ctx) {
    const { sessions, users } = ctx.state.gate;
    const session = signedIn(ctx.state);
    const { user } = session;
    const form = await ctx.req.formData();
    const text = (name: string) => String(form.get(name) ?? "");
    try {
      if (text("new") !== text("again")) {
        throw new GlassError("INVALID_MESSAGE", "The two new passwords differ.");
      }
      await sessions.signIn.confirm(user.name, text("present"), actor(ctx.state));
      const still = () => void sessions.still(session);
      await users.changePassword(user.name, text("new"), actor(ctx.state), still);
    } catch (error) {
      const { message, status } = answerable(error);
      return page({ name: user.name, error: message }, { status });
    }
    // All sessions have ended with the old password; this browser goes on with a new one.
    const secret = await sessions.openBrowser(user, client(ctx.req, ctx.state));
    const response = ctx.redirect("/account?done=password", 303);
    const cookie = sessionCookie(ctx.req, secret, sessions.settings.lifetime);
    response.headers.append("set-cookie", cookie);
    return response;
  },
});

export default define.page<typeof handler>(({ data: { name, error } }) => (
  <div class="account account-form">
    <Head>
      <title>{`${texts.changePassword} · virtglass`}</title>
    </Head>
    <h1>{texts.changePassword}</h1>
    <FormError message={error} />
    <form method="post">
      <FormToken />
      {/* Tells password managers whose it is. */}
      <input
        class="hidden"
        name="username"
        value={name}
        autocomplete="username"
        tabindex={-1}
        aria-hidden="true"
        readonly
      />
      <Field
        name="present"
        label={texts.presentPassword}
        type="password"
        autocomplete="current-password"
        autofocus
      />
      <Field
        name="new"
        label={texts.newPassword}
        type="password"
        autocomplete="new-password"
        hint={texts.newPasswordHint}
      />
      <Field
        name="again"
        label={texts.newPasswordAgain}
        type="password"
        autocomplete="new-password"
      />
      <div class="form-end">
        <button type="submit" class="button button-main">{texts.changePassword}</button>
        <a href="/account">{common.cancel}</a>
      </div>
    </form>
  </div>
));
