import { page, type RouteConfig } from "fresh";
import { Head } from "fresh/runtime";
import { Brand } from "@/components/Brand.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Login } from "@/protocol.ts";
import { safeNext } from "@/routes/(_shared)/next.ts";
import { sessionCookie } from "@/services/identity/cookies.ts";
import { GlassError } from "@/services/errors.ts";
import { SESSION_LIFETIME } from "@/services/identity/sessions.ts";
import { define } from "@/utils.ts";

export const config: RouteConfig = { skipInheritedLayouts: true };

/** Failures that the form itself answers: it can be filled in again. */
const ANSWERABLE = new Set(["UNAUTHENTICATED", "RATE_LIMITED"]);

export const handler = define.handlers({
  GET(ctx) {
    if (ctx.state.session) return ctx.redirect(safeNext(ctx.url), 303);
    return page({ error: null, username: "" });
  },

  async POST(ctx) {
    const form = await ctx.req.formData();
    const username = String(form.get("username") ?? "");
    const login = Login.safeParse({ username, password: String(form.get("password") ?? "") });
    if (!login.success) {
      return page({ error: "Enter your name and your password.", username }, { status: 400 });
    }
    try {
      const { sessions, signIns } = ctx.state.services;
      const signIn = () => sessions.loginBrowser(username, login.data.password);
      const secret = await signIns.attempt(username, ctx.state.address, signIn);
      const response = ctx.redirect(safeNext(ctx.url), 303);
      response.headers.append("set-cookie", sessionCookie(ctx.req, secret, SESSION_LIFETIME));
      return response;
    } catch (error) {
      if (!(error instanceof GlassError) || !ANSWERABLE.has(error.code)) throw error;
      return page({ error: error.message, username }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <main class="sign-in">
    <Head>
      <title>Sign in · virtglass</title>
    </Head>
    <Brand />
    <h1>Sign in</h1>
    {data.error === null ? null : (
      <p class="notice notice-bad" role="alert" id="error">
        <Icon name="warning" />
        {data.error}
      </p>
    )}
    <form method="post">
      <Field
        name="username"
        label="Name"
        type="text"
        value={data.username}
        again={data.username !== ""}
      />
      <Field name="password" label="Password" type="password" value="" again={false} />
      <button type="submit" class="button button-main">Sign in</button>
    </form>
  </main>
));

interface FieldProps {
  name: "username" | "password";
  label: string;
  type: string;
  value: string;
  /** Filled in already: the focus belongs elsewhere. */
  again: boolean;
}

function Field({ name, label, type, value, again }: FieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        autocomplete={name === "password" ? "current-password" : "username"}
        autocapitalize="none"
        spellcheck={false}
        autofocus={!again}
        required
      />
    </div>
  );
}
