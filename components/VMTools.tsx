import { type View, viewAddress } from "@/components/vm_view.ts";

interface Props {
  view: View;
  shown: number;
  all: number;
  /** Called while one types; without it the form is sent to the server. */
  onChange?: (change: Partial<View>) => void;
}

/** Above the table: what to look for, and whether VMs stand together by state. */
export function VMTools({ view, shown, all, onChange }: Props) {
  const { filter, grouped } = view;
  const toggled = { ...view, grouped: !grouped };
  return (
    <form
      class="vms-tools"
      role="search"
      aria-label="Virtual machines"
      action="/"
      onSubmit={(event) => onChange && event.preventDefault()}
    >
      <input
        class="filter"
        type="search"
        name="q"
        value={filter}
        placeholder="Filter by name, note, state or address"
        aria-label="Filter by name, note, state or address"
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onChange?.({ filter: currentTarget.value })}
      />
      {view.sort === "name" ? null : <input type="hidden" name="sort" value={view.sort} />}
      {view.descending ? <input type="hidden" name="order" value="down" /> : null}
      {grouped ? <input type="hidden" name="group" value="state" /> : null}
      <a
        class="button"
        href={viewAddress(toggled)}
        onClick={(event) => {
          if (!onChange) return;
          event.preventDefault();
          onChange({ grouped: !grouped });
        }}
      >
        {grouped ? "One list" : "Group by state"}
      </a>
      <p class="vms-count" role="status">
        {filter === "" ? `${all} VM${all === 1 ? "" : "s"}` : `${shown} of ${all} VMs`}
      </p>
    </form>
  );
}
