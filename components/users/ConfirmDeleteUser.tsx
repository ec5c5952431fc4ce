import { FormToken } from "@/components/FormToken.tsx";
import { common, users } from "@/texts/mod.ts";

/** The question before it. Its answer is a form of its own: it needs no script. */
export function ConfirmDeleteUser({ name }: { name: string }) {
  return (
    <dialog class="confirm" open aria-labelledby="confirm-title" aria-describedby="confirm-text">
      <form method="post" action="?">
        <FormToken />
        <h2 id="confirm-title">{users.question(name)}</h2>
        <p id="confirm-text">
          {users.questionNote(name)}
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
            {users.removeUser(name)}
          </button>
        </div>
      </form>
    </dialog>
  );
}
