import { page } from "fresh";
import { Head } from "fresh/runtime";
import { QRCode } from "@/components/account/QRCode.tsx";
import { RecoveryCodes } from "@/components/account/RecoveryCodes.tsx";
import { Field } from "@/components/Field.tsx";
import { FormError } from "@/components/FormError.tsx";
import { FormToken } from "@/components/FormToken.tsx";
import { actor } from "@/routes/(_shared)/actor.ts";
import { answerable } from "@/routes/(_shared)/answerable.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { GlassError } from "@/services/errors.ts";
import { toBase32 } from "@/services/identity/base32.ts";
import { enrolmentURI } from "@/services/identity/totp.ts";
import type { State } from "@/services/mod.ts";
import { account, common, secondFactor as texts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

/** Modules that are left white around the code, for cameras to find it. */
const QUIET = 4;

type Shown =
  | { step: "off" }
  | { step: "enrol"; uri: string; secret: string; modules: boolean[][] }
  | { step: "on"; left: number }
  | { step: "codes"; codes: string[] };

interface Data {
  shown: Shown;
  error: string;
}

export const handler = define.handlers({
  async GET({ state }) {
    return page<Data>({ shown: await present(state), error: "" });
  },

  async POST(ctx) {
    const form = await ctx.req.formData();
    const text = (name: string) => String(form.get(name) ?? "");
    try {
      const codes = await change(ctx.state, text);
      if (codes !== null) return page<Data>({ shown: { step: "codes", codes }, error: "" });
      const off = text("do") === "off";
      return ctx.redirect(off ? "/account?done=second-factor-off" : ctx.url.pathname, 303);
    } catch (error) {
      const { message, status } = answerable(error);
      return page<Data>({ shown: await present(ctx.state), error: message }, { status });
    }
  },
});

/** Does what was asked for; returns recovery codes where there are new ones. */
async function change(state: State, text: (field: string) => string): Promise<string[] | null> {
  const { id, user: { name } } = signedIn(state);
  const { secondFactors, signIn } = state.gate.sessions;
  const wanted = text("do");
  if (wanted === "confirm") {
    const codes = await secondFactors.confirm(id, name, text("code"), actor(state));
    if (codes !== null) return codes;
    throw new GlassError("INVALID_MESSAGE", "That is not the code that the app shows now.");
  }
  await signIn.confirm(name, text("password"), actor(state));
  switch (wanted) {
    case "begin":
      secondFactors.begin(id, name);
      return null;
    case "renew":
      return await secondFactors.renewRecovery(name, actor(state));
    case "off":
      secondFactors.turnOff(name, actor(state));
      return null;
    default:
      throw new GlassError("INVALID_MESSAGE", `There is no action "${wanted}".`);
  }
}

async function present(state: State): Promise<Shown> {
  const { id, user: { name } } = signedIn(state);
  const { secondFactors } = state.gate.sessions;
  if (secondFactors.isOn(name)) return { step: "on", left: secondFactors.recoveryLeft(name) };
  const secret = secondFactors.pending(id);
  if (secret === null) return { step: "off" };
  const { encode } = await import("uqr");
  const uri = enrolmentURI(state.services.host.snapshot(signedIn(state)).name, name, secret);
  const modules = encode(uri, { border: QUIET }).data;
  return { step: "enrol", uri, secret: toBase32(secret), modules };
}

export default define.page<typeof handler>(({ data: { shown, error } }) => (
  <div class="account account-form">
    <Head>
      <title>{`${texts.title} · virtglass`}</title>
    </Head>
    <h1>{shown.step === "codes" ? texts.recoveryCodes : texts.title}</h1>
    <FormError message={error} />
    <Step shown={shown} />
  </div>
));

function Step({ shown }: { shown: Shown }) {
  switch (shown.step) {
    case "off":
      return <Off />;
    case "enrol":
      return <Enrol {...shown} />;
    case "on":
      return <On left={shown.left} />;
    case "codes":
      return <RecoveryCodes codes={shown.codes} />;
  }
}

function Off() {
  return (
    <form method="post">
      <FormToken />
      <p>{texts.about}</p>
      <Password autofocus />
      <div class="form-end">
        <button type="submit" class="button button-main" name="do" value="begin">
          {texts.setUp}
        </button>
        <a href="/account">{common.cancel}</a>
      </div>
    </form>
  );
}

function Enrol({ uri, secret, modules }: Extract<Shown, { step: "enrol" }>) {
  return (
    <form method="post">
      <FormToken />
      <p>{texts.scan}</p>
      <QRCode modules={modules} label={texts.qrCode} />
      <p class="soft">
        {texts.noCamera[0]}
        <a href={uri}>{texts.openHere}</a>
        {texts.noCamera[1]}
      </p>
      <p>
        <code class="secret" id="secret">{secret.match(/.{1,4}/g)?.join(" ")}</code>
      </p>
      <Field name="code" label={texts.code} autocomplete="one-time-code" autofocus code />
      <div class="form-end">
        <button type="submit" class="button button-main" name="do" value="confirm">
          {texts.turnOn}
        </button>
        <a href="/account">{texts.notNow}</a>
      </div>
    </form>
  );
}

function On({ left }: { left: number }) {
  return (
    <form method="post">
      <FormToken />
      <p>{texts.isOn(left)}</p>
      <Password autofocus={false} />
      <div class="form-end">
        <button type="submit" class="button" name="do" value="renew">{texts.renew}</button>
        <button type="submit" class="button button-danger" name="do" value="off">
          {texts.turnOff}
        </button>
        <a href="/account">{common.cancel}</a>
      </div>
    </form>
  );
}

function Password({ autofocus }: { autofocus: boolean }) {
  return (
    <Field
      name="password"
      label={account.yourPassword}
      type="password"
      autocomplete="current-password"
      autofocus={autofocus}
    />
  );
}
