import { page, type RouteConfig } from "fresh";
import { Head } from "fresh/runtime";
import { Brand } from "@/components/Brand.tsx";
import { Field } from "@/components/Field.tsx";
import { FormError } from "@/components/FormError.tsx";
import { LanguageChoice } from "@/components/LanguageChoice.tsx";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { client } from "@/routes/(_shared)/client.ts";
import { safeNext } from "@/routes/(_shared)/next.ts";
import { sessionCookie } from "@/services/identity/cookies.ts";
import { SecondFactorRequired } from "@/services/identity/sign_in.ts";
import { GlassError } from "@/services/errors.ts";
import type { State } from "@/services/mod.ts";
import { define } from "@/utils.ts";
import { signIn } from "@/texts/gate.ts";

export const config: RouteConfig = { skipInheritedLayouts: true };

interface Shown {
  error: string;
  username: string;
  /** Stands for the password in the second step, which asks for the code; null in the first. */
  challenge: string | null;
}

export const handler = define.handlers({
  GET(ctx) {
    if (ctx.state.session) return ctx.redirect(safeNext(ctx.url), 303);
    return page<Shown>({ error: "", username: "", challenge: null });
  },

  async POST(ctx) {
    const form = await ctx.req.formData();
    const text = (name: string) => String(form.get(name) ?? "");
    const username = text("username");
    try {
      const secret = await secretOf(ctx.req, ctx.state, text);
      const response = ctx.redirect(safeNext(ctx.url), 303);
      const { lifetime } = ctx.state.gate.sessions.settings;
      response.headers.append("set-cookie", sessionCookie(ctx.req, secret, lifetime));
      return response;
    } catch (error) {
      if (error instanceof SecondFactorRequired) {
        return page<Shown>({ error: "", username, challenge: error.challenge });
      }
      const { message, status } = answerable(error);
      const open = ctx.state.gate.sessions.signIn.isOpen(text("challenge"));
      const challenge = open ? text("challenge") : null;
      return page<Shown>({ error: message, username, challenge }, { status });
    }
  },
});

/** Either step; returns the cookie's secret. */
async function secretOf(
  request: Request,
  state: State,
  text: (field: string) => string,
): Promise<string> {
  const { sessions, signIns } = state.gate;
  const from = client(request, state);
  const challenge = text("challenge");
  if (challenge !== "") {
    const user = sessions.signIn.userOf(challenge) ?? text("username");
    const answer = () => sessions.answerChallenge(challenge, text("code"), from);
    return await signIns.attempt(user, state.address, answer);
  }
  const { Login } = await import("@/protocol/incoming/bodies.ts");
  const login = Login.safeParse({ username: text("username"), password: text("password") });
  if (!login.success) {
    throw new GlassError("INVALID_MESSAGE", "Enter your name and your password.");
  }
  const { username, password } = login.data;
  const open = () => sessions.loginBrowser(username, password, from);
  return await signIns.attempt(username, state.address, open);
}

export default define.page<typeof handler>(({ data: { error, username, challenge }, url }) => (
  <main class="sign-in">
    <Head>
      <title>{`${signIn.title} · virtglass`}</title>
    </Head>
    <Brand />
    <h1>{signIn.title}</h1>
    <FormError message={error} />
    {challenge === null
      ? <PasswordStep username={username} />
      : <CodeStep username={username} challenge={challenge} />}
    <LanguageChoice next={safeNext(url)} />
  </main>
));

function PasswordStep({ username }: { username: string }) {
  return (
    <form method="post">
      <Field
        name="username"
        label={signIn.name}
        value={username}
        autocomplete="username"
        autofocus={username === ""}
      />
      <Field
        name="password"
        label={signIn.password}
        type="password"
        autocomplete="current-password"
        autofocus={username !== ""}
      />
      <button type="submit" class="button button-main">{signIn.title}</button>
    </form>
  );
}

function CodeStep({ username, challenge }: { username: string; challenge: string }) {
  return (
    <form method="post">
      <input type="hidden" name="username" value={username} />
      <input type="hidden" name="challenge" value={challenge} />
      <Field
        name="code"
        label={signIn.code}
        autocomplete="one-time-code"
        autofocus
        code
        hint={signIn.codeHint(username)}
      />
      <button type="submit" class="button button-main">{signIn.title}</button>
      <a href="/login">{signIn.startAgain}</a>
    </form>
  );
}
