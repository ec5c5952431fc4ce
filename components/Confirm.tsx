import type { ComponentChildren } from "preact";
import { FormToken } from "@/components/FormToken.tsx";
import { common } from "@/texts/mod.ts";

interface Props {
  title: string;
  text: string;
  /** What the button does, which is also what it says. */
  label: string;
  action: string;
  /** The hidden fields of the answer. */
  children: ComponentChildren;
}

/** The question before what cannot be undone. Its answer is a form of its own: it needs no script. */
export function Confirm({ title, text, label, action, children }: Props) {
  return (
    <dialog class="confirm" open aria-labelledby="confirm-title" aria-describedby="confirm-text">
      <form method="post" action={action}>
        <FormToken />
        <h2 id="confirm-title">{title}</h2>
        <p id="confirm-text">{text}</p>
        {children}
        <div class="confirm-buttons">
          <button type="submit" class="button" formmethod="dialog" autofocus>
            {common.cancel}
          </button>
          <button type="submit" class="button button-main button-danger">{label}</button>
        </div>
      </form>
    </dialog>
  );
}
