import { FormToken } from "@/components/FormToken.tsx";

/** The question before it. Its answer is a form of its own: it needs no script. */
export function ConfirmDeleteUser({ name }: { name: string }) {
  return (
    <dialog class="confirm" open aria-labelledby="confirm-title" aria-describedby="confirm-text">
      <form method="post" action="?">
        <FormToken />
        <h2 id="confirm-title">Delete user {name}?</h2>
        <p id="confirm-text">
          All sessions of {name}{" "}
          end at once, and its permissions go with it. What it did stays in the history.
        </p>
        <div class="confirm-buttons">
          <button type="submit" class="button" formmethod="dialog" autofocus>Cancel</button>
          <button
            type="submit"
            class="button button-main button-danger"
            name="do"
            value="delete"
          >
            Delete {name}
          </button>
        </div>
      </form>
    </dialog>
  );
}
