import { page } from "fresh";
import { Head } from "fresh/runtime";
import { type ListedSession, SessionList } from "@/components/account/SessionList.tsx";
import { Section } from "@/components/account/Section.tsx";
import { TokenList } from "@/components/account/TokenList.tsx";
import { Confirm } from "@/components/Confirm.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import type { SessionRow } from "@/services/identity/sessions.ts";
import { define } from "@/utils.ts";

/** What a form of these pages has done, by the name in `?done=`. */
const DONE: Record<string, string> = {
  "password": "Your password is changed, and your other sessions have ended.",
  "second-factor-off": "The second factor is off. Signing in takes your password alone.",
  "session": "The session has ended.",
  "others": "All your other sessions have ended.",
  "revoked": "The API token is revoked.",
};

export const handler = define.handlers({
  GET({ state, url: { searchParams } }) {
    const session = signedIn(state);
    const { name } = session.user;
    const { sessions } = state.services;
    const { apiTokens, secondFactors } = sessions;
    const tokens = apiTokens.list(name);
    return page({
      own: session.id,
      user: session.user,
      sessions: ownFirst(sessions.list(name), session.id).map(listed),
      tokens,
      secondFactor: secondFactors.isOn(name) ? { left: secondFactors.recoveryLeft(name) } : null,
      done: DONE[searchParams.get("done") ?? ""] ?? null,
      endOthers: searchParams.get("confirm") === "others",
      revoking: tokens.find(({ id }) => id === searchParams.get("revoke")) ?? null,
      now: Date.now(),
    });
  },
});

function ownFirst(rows: SessionRow[], own: string): SessionRow[] {
  return rows.toSorted((a, b) => Number(b.id === own) - Number(a.id === own));
}

function listed({ id, browser, device, address, createdAt, usedAt }: SessionRow): ListedSession {
  return { id, browser: browser === 1, device, address, createdAt, usedAt };
}

export default define.page<typeof handler>(({ data }) => {
  const { own, user, sessions, tokens, secondFactor, done, endOthers, revoking, now } = data;
  return (
    <div class="account">
      <Head>
        <title>Your account · virtglass</title>
      </Head>
      <header>
        <h1>{user.name}</h1>
        <p class="soft">
          {user.role === null ? "With a role on single VMs" : `${capital(user.role)} on all VMs`}
        </p>
      </header>
      {done === null ? null : <p class="notice notice-good" role="status">{done}</p>}
      {endOthers ? <ConfirmOthers /> : null}
      {revoking === null ? null : <ConfirmRevoke token={revoking} />}
      <Section title="Password" text="Changing it ends all your other sessions.">
        <p>
          <a class="button" href="/account/password">Change password</a>
        </p>
      </Section>
      <Section
        title="Second factor"
        text="A code from an app on your phone, asked for after your password."
      >
        <SecondFactor state={secondFactor} />
      </Section>
      <Section
        title="Sessions"
        text="Where you are signed in. One that is not used for a while ends by itself."
      >
        <SessionList sessions={sessions} own={own} now={now} />
        {sessions.length > 1
          ? (
            <p>
              <a class="button button-danger" href="/account?confirm=others">End all others</a>
            </p>
          )
          : null}
      </Section>
      <Section
        title="API tokens"
        text="For programs. They go on when your password changes; revoke what you do not need."
      >
        {tokens.length > 0
          ? <TokenList tokens={tokens} now={now} />
          : <p class="soft">None yet.</p>}
        <p>
          <a class="button" href="/account/tokens">New token</a>
        </p>
      </Section>
    </div>
  );
});

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function SecondFactor({ state }: { state: { left: number } | null }) {
  if (state === null) {
    return (
      <>
        <p>Off. Whoever learns your password can sign in.</p>
        <p>
          <a class="button button-main" href="/account/second-factor">Set up</a>
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        <span class="tag tag-good">On</span>{" "}
        {state.left === 1 ? "1 recovery code is left." : `${state.left} recovery codes are left.`}
      </p>
      <p>
        <a class="button" href="/account/second-factor">Change</a>
      </p>
    </>
  );
}

function ConfirmOthers() {
  return (
    <Confirm
      title="End all other sessions?"
      text="Every other browser and program that signed in as you has to sign in again. API tokens go on."
      label="End them"
      action="/account/sessions"
    >
      <input type="hidden" name="others" value="yes" />
    </Confirm>
  );
}

function ConfirmRevoke({ token: { id, name } }: { token: { id: string; name: string } }) {
  return (
    <Confirm
      title={`Revoke the token "${name}"?`}
      text="Programs that use it are shut out at once. It cannot be brought back."
      label="Revoke"
      action="/account/tokens"
    >
      <input type="hidden" name="revoke" value={id} />
    </Confirm>
  );
}
