import { page } from "fresh";
import { Head } from "fresh/runtime";
import { type ListedSession, SessionList } from "@/components/account/SessionList.tsx";
import { Section } from "@/components/account/Section.tsx";
import { TokenList } from "@/components/account/TokenList.tsx";
import { OnAllVMs } from "@/components/users/AccessWords.tsx";
import { Confirm } from "@/components/Confirm.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import type { SessionRow } from "@/services/identity/sessions.ts";
import { account as texts, secondFactor, tokens as tokenTexts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET({ state, url: { searchParams } }) {
    const session = signedIn(state);
    const { name } = session.user;
    const { sessions } = state.gate;
    const { apiTokens, secondFactors } = sessions;
    const tokens = apiTokens.list(name);
    return page({
      own: session.id,
      user: session.user,
      sessions: ownFirst(sessions.list(name), session.id).map(listed),
      tokens,
      secondFactor: secondFactors.isOn(name) ? { left: secondFactors.recoveryLeft(name) } : null,
      done: searchParams.get("done"),
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
  const said = texts.done[data.done ?? ""];
  const { own, user, sessions, tokens, endOthers, revoking, now } = data;
  return (
    <div class="account">
      <Head>
        <title>{`${texts.title} · virtglass`}</title>
      </Head>
      <header>
        <h1>{user.name}</h1>
        <p class="soft">
          {user.role === null ? texts.onSingleVMs : <OnAllVMs role={user.role} />}
        </p>
      </header>
      {said === undefined ? null : <p class="notice notice-good" role="status">{said}</p>}
      {endOthers ? <ConfirmOthers /> : null}
      {revoking === null ? null : <ConfirmRevoke token={revoking} />}
      <Section title={texts.password} text={texts.passwordNote}>
        <p>
          <a class="button" href="/account/password">{texts.changePassword}</a>
        </p>
      </Section>
      <Section
        title={secondFactor.title}
        text={secondFactor.note}
      >
        <SecondFactor state={data.secondFactor} />
      </Section>
      <Section
        title={texts.sessions}
        text={texts.sessionsNote}
      >
        <SessionList sessions={sessions} own={own} now={now} />
        {sessions.length > 1
          ? (
            <p>
              <a class="button button-danger" href="/account?confirm=others">{texts.endOthers}</a>
            </p>
          )
          : null}
      </Section>
      <Section
        title={tokenTexts.title}
        text={tokenTexts.note}
      >
        {tokens.length > 0
          ? <TokenList tokens={tokens} now={now} />
          : <p class="soft">{tokenTexts.none}</p>}
        <p>
          <a class="button" href="/account/tokens">{tokenTexts.create}</a>
        </p>
      </Section>
    </div>
  );
});

function SecondFactor({ state }: { state: { left: number } | null }) {
  if (state === null) {
    return (
      <>
        <p>{secondFactor.offNote}</p>
        <p>
          <a class="button button-main" href="/account/second-factor">{secondFactor.setUp}</a>
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        <span class="tag tag-good">{secondFactor.on}</span> {secondFactor.codesLeft(state.left)}
      </p>
      <p>
        <a class="button" href="/account/second-factor">{secondFactor.change}</a>
      </p>
    </>
  );
}

function ConfirmOthers() {
  return (
    <Confirm
      title={texts.endOthersQuestion}
      text={texts.endOthersNote}
      label={texts.endThem}
      action="/account/sessions"
    >
      <input type="hidden" name="others" value="yes" />
    </Confirm>
  );
}

function ConfirmRevoke({ token: { id, name } }: { token: { id: string; name: string } }) {
  return (
    <Confirm
      title={tokenTexts.revokeQuestion(name)}
      text={tokenTexts.revokeNote}
      label={tokenTexts.revoke}
      action="/account/tokens"
    >
      <input type="hidden" name="revoke" value={id} />
    </Confirm>
  );
}
