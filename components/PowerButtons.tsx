import { FormToken } from "@/components/FormToken.tsx";
import { Icon } from "@/components/Icon.tsx";
import { type ChoiceName, CHOICES, choicesFor } from "@/components/power.ts";
import type { Status } from "@/protocol/mod.ts";
import { power } from "@/texts/mod.ts";

interface Props {
  /** The VM's page, which takes the forms. */
  action: string;
  status: Status;
  /** A command is under way: the buttons stay where they are, but do nothing. */
  busy: boolean;
  /** Called with the button pressed; without it the form is sent to the server. */
  onSubmit?: (event: SubmitEvent) => void;
}

/** The power buttons that make sense now. Forms: they work before, and without, any script. */
export function PowerButtons({ action, status, busy, onSubmit }: Props) {
  const names = choicesFor(status);
  const button = (name: ChoiceName) => <PowerButton key={name} name={name} busy={busy} />;
  const gentle = names.filter((name) => !CHOICES[name].force);
  const forced = names.filter((name) => CHOICES[name].force);
  return (
    <div class="power" role="group" aria-label={power.group}>
      {gentle.length > 0
        ? (
          <form class="power-group" method="post" action={action} onSubmit={onSubmit}>
            <FormToken />
            {gentle.map(button)}
          </form>
        )
        : null}
      {forced.length > 0
        ? (
          // A form of its own: what it sends stands in the address, where no token may be.
          <form class="power-group" method="get" action={action} onSubmit={onSubmit}>
            {forced.map(button)}
          </form>
        )
        : null}
    </div>
  );
}

/**
 * A forced choice is a question first: a GET that comes back with the dialog. `aria-disabled`
 * rather than `disabled`, which would throw away the keyboard's focus.
 */
function PowerButton({ name, busy }: { name: ChoiceName; busy: boolean }) {
  const { force } = CHOICES[name];
  const kind = name === "start" || name === "resume"
    ? " button-main"
    : force
    ? " button-danger"
    : "";
  return (
    <button
      type="submit"
      class={`button${kind}`}
      aria-disabled={busy}
      name={force ? "confirm" : "choice"}
      value={name}
    >
      <Icon name={name} />
      {power.labels[name]}
      {force ? "…" : ""}
    </button>
  );
}
