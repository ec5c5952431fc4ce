import { page, type RouteConfig } from "fresh";
import { Head } from "fresh/runtime";
import { Brand } from "@/components/Brand.tsx";
import { Field } from "@/components/Field.tsx";
import { FormError } from "@/components/FormError.tsx";
import { LanguageChoice } from "@/components/LanguageChoice.tsx";
import { client } from "@/routes/(_shared)/client.ts";
import { GlassError } from "@/services/errors.ts";
import { sessionCookie } from "@/services/identity/cookies.ts";
import { setup } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const config: RouteConfig = { skipInheritedLayouts: true };

/** Failures that the form itself answers: it can be filled in again. */
const ANSWERABLE = new Set(["INVALID_MESSAGE", "FORBIDDEN", "CONFLICT"]);

export const handler = define.handlers({
  GET(ctx) {
    if (!ctx.state.gate.firstRun.needed) return ctx.redirect("/login", 303);
    return page({ error: "", code: "", name: "admin" });
  },

  /** Makes the first admin and signs in as it. */
  async POST(ctx) {
    const { firstRun, sessions } = ctx.state.gate;
    if (!firstRun.needed) return ctx.redirect("/login", 303);
    const form = await ctx.req.formData();
    const [code, name, password] = ["code", "name", "password"].map((field) =>
      String(form.get(field) ?? "")
    ) as [string, string, string];
    const actor = { user: null, address: ctx.state.address };
    try {
      await firstRun.makeAdmin(code, name, password, actor);
    } catch (error) {
      if (!(error instanceof GlassError) || !ANSWERABLE.has(error.code)) throw error;
      return page({ error: error.message, code, name }, { status: error.status });
    }
    const secret = await sessions.loginBrowser(name, password, client(ctx.req, ctx.state));
    const response = ctx.redirect("/", 303);
    const { lifetime } = sessions.settings;
    response.headers.append("set-cookie", sessionCookie(ctx.req, secret, lifetime));
    return response;
  },
});

export default define.page<typeof handler>(({ data: { error, code, name } }) => (
  <main class="sign-in">
    <Head>
      <title>{`${setup.page} · virtglass`}</title>
    </Head>
    <Brand />
    <div>
      <h1>{setup.title}</h1>
      <p class="soft">
        {setup.about[0]}
        <code>setup.code</code>
        {setup.about[1]}
      </p>
    </div>
    <FormError message={error} />
    <form method="post">
      <Field
        name="code"
        label={setup.code}
        value={code}
        autocomplete="one-time-code"
        autofocus={code === ""}
        code
        hint={setup.codeHint}
      />
      <Field name="name" label={setup.name} value={name} autocomplete="username" />
      <Field
        name="password"
        label={setup.password}
        type="password"
        autocomplete="new-password"
        autofocus={code !== ""}
        hint={setup.passwordHint}
      />
      <button type="submit" class="button button-main">{setup.make}</button>
    </form>
    <LanguageChoice next="/setup" />
  </main>
));
