import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { common } from "@/texts/mod.ts";

interface Props {
  title: string;
  /** What the button that goes ahead says. */
  yes: string;
  danger?: boolean;
  onYes: () => void;
  /** Answered, either way. */
  onClose: () => void;
  children: ComponentChildren;
}

/** A question over the page. The safe answer has the keyboard. */
export function Question({ title, yes, danger = false, onYes, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const onSubmit = (event: SubmitEvent) => {
    if (event.submitter instanceof HTMLButtonElement && event.submitter.value === "yes") onYes();
  };
  return (
    <dialog
      class="confirm question"
      ref={dialog}
      aria-labelledby="question-title"
      onClose={onClose}
    >
      <form method="dialog" onSubmit={onSubmit}>
        <h2 id="question-title">{title}</h2>
        {children}
        <div class="confirm-buttons">
          <button type="submit" class="button" value="no" autofocus>{common.cancel}</button>
          <button
            type="submit"
            class={`button button-main${danger ? " button-danger" : ""}`}
            value="yes"
          >
            {yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}
