import { useLayoutEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { type View, viewAddress } from "@/components/vm_view.ts";
import { table } from "@/texts/mod.ts";

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
  const input = useRef<HTMLInputElement>(null);
  // One may type before the script comes.
  useLayoutEffect(() => {
    const typed = input.current?.value ?? filter;
    if (typed !== filter) onChange?.({ filter: typed });
  }, []);
  return (
    <form
      class="vms-tools"
      role="search"
      aria-label={table.title}
      action="/"
      onSubmit={(event) => onChange && event.preventDefault()}
    >
      <input
        ref={input}
        class="filter"
        type="search"
        name="q"
        value={filter}
        placeholder={table.filter}
        aria-label={table.filter}
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onChange?.({ filter: currentTarget.value })}
      />
      {IS_BROWSER ? null : <Unsaid view={view} />}
      <a
        class="button"
        href={viewAddress(toggled)}
        onClick={(event) => {
          if (!onChange) return;
          event.preventDefault();
          onChange({ grouped: !grouped });
        }}
      >
        {grouped ? table.oneList : table.group}
      </a>
      <p class="vms-count" role="status">
        {filter === "" ? table.count(all) : table.countOf(shown, all)}
      </p>
    </form>
  );
}

/** What of the view the form says nothing of, for a page whose form is sent. */
function Unsaid({ view: { sort, descending, grouped } }: Pick<Props, "view">) {
  return (
    <>
      {sort === "name" ? null : <input type="hidden" name="sort" value={sort} />}
      {descending ? <input type="hidden" name="order" value="down" /> : null}
      {grouped ? <input type="hidden" name="group" value="state" /> : null}
    </>
  );
}
