import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { FormToken } from "@/components/FormToken.tsx";
import { duration, plain, size, vmPath } from "@/components/format.ts";
import { moment } from "@/components/moment.ts";
import { elapsed, starter } from "@/components/recorded.ts";
import { Replay } from "@/islands/Replay.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { may } from "@/services/identity/policy.ts";
import { common, recordings as texts, wire } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET({ params, state, url }) {
    const { recordings, vms } = state.services;
    const session = signedIn(state);
    const recording = recordings.get(session, params.id!);
    const mayDelete = may(session, "record.delete", recording);
    const vm = vms.record(recording.uuid);
    return page({
      recording,
      /** The VM's page; null when the VM is gone. */
      vmPage: vm && may(session, "read", vm) ? vmPath(vm) : null,
      mayStop: may(session, "record", recording),
      mayDelete,
      asking: mayDelete && url.searchParams.get("confirm") === "delete",
      now: Date.now(),
    });
  },

  async POST(ctx) {
    const { address, services: { recordings } } = ctx.state;
    const session = signedIn(ctx.state);
    const id = ctx.params.id!;
    const wanted = String((await ctx.req.formData()).get("do"));
    if (wanted === "stop") {
      await recordings.stop(session, address, id);
      return ctx.redirect(`/recordings/${id}`, 303);
    }
    if (wanted !== "delete") throw new HttpError(400, `There is no action "${wanted}".`);
    await recordings.remove(session, address, id);
    return ctx.redirect("/recordings", 303);
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { recording, vmPage, mayStop, mayDelete, asking, now } = data;
  const { id, vm, startedAt, endedAt, ended, bytes, input } = recording;
  const cast = `/api/v1/recordings/${id}/cast`;
  return (
    <div class="recordings-page">
      <Head>
        <title>{`${texts.oneOf(vm)} · virtglass`}</title>
      </Head>
      <header class="recordings-head">
        <div>
          <h1>
            {texts.consoleOf} {vmPage === null ? vm : <a href={vmPage}>{vm}</a>}
          </h1>
          <p class="soft">
            <time datetime={startedAt}>{moment(startedAt)}</time>,{" "}
            {duration(elapsed(recording, now))}
            {", "}
            {plain(size(bytes))}, {texts.byUser(starter(recording))}{" "}
            {endedAt === null ? null : wire.words(ended ?? "")}{" "}
            {input ? texts.typedIn : texts.typedOut}
          </p>
        </div>
        <div class="recording-acts">
          {endedAt === null ? <span class="recording-on">{texts.now}</span> : null}
          <a class="button" href={cast} download>{common.download}</a>
          {endedAt === null && mayStop
            ? (
              <form method="post">
                <FormToken />
                <button type="submit" class="button" name="do" value="stop">{texts.stop}</button>
              </form>
            )
            : null}
          {endedAt !== null && mayDelete
            ? <a class="button button-danger" href="?confirm=delete">{common.remove}</a>
            : null}
        </div>
      </header>
      {asking && endedAt !== null ? <ConfirmDelete vm={vm} startedAt={startedAt} /> : null}
      <Replay cast={cast} />
      <p class="soft recording-keys">
        <kbd>{common.space}</kbd> {texts.playsAndPauses}, <kbd>←</kbd> {texts.and} <kbd>→</kbd>{" "}
        {texts.skip}, <kbd>&lt;</kbd> {texts.and} <kbd>&gt;</kbd> {texts.changeSpeed}.
      </p>
    </div>
  );
});

/** The question before it. Its answer is a form of its own: it needs no script. */
function ConfirmDelete({ vm, startedAt }: { vm: string; startedAt: string }) {
  return (
    <dialog class="confirm" open aria-labelledby="confirm-title" aria-describedby="confirm-text">
      <form method="post" action="?">
        <FormToken />
        <h2 id="confirm-title">{texts.question}</h2>
        <p id="confirm-text">
          {texts.noWayBack(vm, moment(startedAt))}
        </p>
        <div class="confirm-buttons">
          <button type="submit" class="button" formmethod="dialog" autofocus>
            {common.cancel}
          </button>
          <button
            type="submit"
            class="button button-main button-danger"
            name="do"
            value="delete"
          >
            {common.remove}
          </button>
        </div>
      </form>
    </dialog>
  );
}
