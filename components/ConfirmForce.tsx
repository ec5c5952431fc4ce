import type { RefObject } from "preact";
import { FormToken } from "@/components/FormToken.tsx";
import type { Forced } from "@/components/power.ts";
import { common, power } from "@/texts/mod.ts";

interface Props {
  vm: string;
  /** The VM's page, which takes the form. */
  action: string;
  choice: Forced;
  /** True where the server opens it; a script opens it over the page instead. */
  open: boolean;
  dialog?: RefObject<HTMLDialogElement>;
  onSubmit?: (event: SubmitEvent) => void;
  onClose?: () => void;
}

/** The question before a forced action. Its answer is a form of its own: it needs no script. */
export function ConfirmForce({ vm, action, choice, open, dialog, onSubmit, onClose }: Props) {
  const label = power.labels[choice];
  return (
    <dialog
      class="confirm"
      open={open}
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      {...(dialog ? { ref: dialog } : {})}
      {...(onClose ? { onClose } : {})}
    >
      <form method="post" action={action} onSubmit={onSubmit}>
        <FormToken />
        <h2 id="confirm-title">{power.question(label, vm)}</h2>
        <p id="confirm-text">{power.warning[choice]}</p>
        <input type="hidden" name="choice" value={choice} />
        <div class="confirm-buttons">
          <button type="submit" class="button" formmethod="dialog" autofocus>
            {common.cancel}
          </button>
          <button
            type="submit"
            class="button button-main button-danger"
            name="confirmed"
            value="yes"
          >
            {label}
          </button>
        </div>
      </form>
    </dialog>
  );
}
