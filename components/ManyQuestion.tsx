import { FormToken } from "@/components/FormToken.tsx";
import type { RefObject } from "preact";
import type { Status } from "@/protocol/mod.ts";
import { Outcome, type Told } from "@/components/Outcome.tsx";
import { type ChoiceName, CHOICES, choicesFor, isForced } from "@/components/power.ts";
import { common, power, state } from "@/texts/mod.ts";

/** A VM that something is to be done to. */
export interface Target {
  uuid: string;
  name: string;
  status: Status;
}

export interface Props {
  choice: ChoiceName;
  targets: Target[];
  /** Open over the page by the server's doing; a script opens it itself. */
  open: boolean;
  /** By UUID, what becomes of each once it is confirmed. */
  told?: ReadonlyMap<string, Told>;
  dialog?: RefObject<HTMLDialogElement>;
  onSubmit?: (event: SubmitEvent) => void;
  onClose?: () => void;
}

export const isSensible = (choice: ChoiceName, { status }: Target) =>
  choicesFor(status).includes(choice);

/** The one question before something is done to several VMs. It names them all. */
export function ManyQuestion(props: Props) {
  const { choice, targets, open, told, dialog, onSubmit, onClose } = props;
  const { force } = CHOICES[choice];
  const label = power.labels[choice];
  const able = targets.filter((target) => isSensible(choice, target));
  const begun = told !== undefined && told.size > 0;
  const goesOn = [...told?.values() ?? []].some(({ kind }) => kind === "pending");
  return (
    <dialog
      class="confirm many"
      open={open}
      aria-labelledby="many-title"
      {...(dialog ? { ref: dialog } : {})}
      {...(onClose ? { onClose } : {})}
    >
      <form method="post" action="/" onSubmit={onSubmit}>
        <FormToken />
        <h2 id="many-title">
          {begun
            ? label
            : able.length === 0
            ? power.noneCan(label)
            : power.manyQuestion(label, able.length)}
        </h2>
        {isForced(choice) ? <p>{power.warning[choice]}</p> : null}
        <ul class="targets" tabindex={0} aria-labelledby="many-title">
          {targets.map((target) => {
            const { uuid, name, status } = target;
            const outcome = told?.get(uuid) ?? null;
            const may = outcome !== null || isSensible(choice, target);
            return (
              <li key={uuid} class={may ? "target" : "target target-out"}>
                <span class="target-name">{name}</span>
                {may
                  ? <Outcome told={outcome} />
                  : <span class="soft">{power.leftOut(state.words[status])}</span>}
                {may ? <input type="hidden" name="vm" value={uuid} /> : null}
              </li>
            );
          })}
        </ul>
        <input type="hidden" name="choice" value={choice} />
        {goesOn ? <GoesOn /> : null}
        <div class="confirm-buttons">
          <button type="submit" class="button" formmethod="dialog" autofocus>
            {begun || able.length === 0 ? common.close : common.cancel}
          </button>
          {begun || able.length === 0 ? null : (
            <button
              type="submit"
              class={force ? "button button-main button-danger" : "button button-main"}
              name="confirmed"
              value="yes"
            >
              {label}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}

function GoesOn() {
  const [before, link, after] = power.goesOn;
  return (
    <p class="soft">
      {before}
      <a href="/activity">{link}</a>
      {after}
    </p>
  );
}
