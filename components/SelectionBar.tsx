import type { Status } from "@/protocol/mod.ts";
import { Icon } from "@/components/Icon.tsx";
import { type ChoiceName, CHOICES, choicesFor } from "@/components/power.ts";
import { power } from "@/texts/mod.ts";

interface Props {
  /** In which the selected VMs are; null where no script knows, and all choices are offered. */
  states: ReadonlySet<Status> | null;
  count?: number;
  onChoose?: (choice: ChoiceName) => void;
  onClear?: () => void;
}

/**
 * What can be done to the selected VMs. Its buttons belong to the form of the table: without a
 * script they ask the server, which comes back with the question.
 */
export function SelectionBar({ states, count, onChoose, onClear }: Props) {
  const sensible = (name: ChoiceName) =>
    states === null || [...states].some((status) => choicesFor(status).includes(name));
  const names = (Object.keys(CHOICES) as ChoiceName[]).filter(sensible);
  return (
    <div class="selection" role="group" aria-label={power.withSelected}>
      <p role="status">{count === undefined ? `${power.withSelected}:` : power.selected(count)}</p>
      {names.map((name) => (
        <button
          key={name}
          type="submit"
          form="vms"
          name="ask"
          value={name}
          class={CHOICES[name].force ? "button button-danger" : "button"}
          onClick={(event) => {
            if (!onChoose) return;
            event.preventDefault();
            onChoose(name);
          }}
        >
          <Icon name={name} />
          {power.labels[name]}…
        </button>
      ))}
      {onClear
        ? <button type="button" class="button button-bare" onClick={onClear}>{power.clear}</button>
        : null}
    </div>
  );
}
