import { FilterField } from "@/components/FilterField.tsx";
import type { Show } from "@/components/happened.ts";
import { common, timeline } from "@/texts/mod.ts";

interface Props {
  show: Show;
  vm: string;
  user: string;
}

/** Whose lines to show, and of which VM. Its answer is the page itself: it needs no script. */
export function TimelineForm({ show, vm, user }: Props) {
  return (
    <form class="filters" method="get" action="/activity" role="search" aria-label={timeline.title}>
      {show === "all" ? null : <input type="hidden" name="show" value={show} />}
      <FilterField name="vm" label={timeline.vm} value={vm} />
      <FilterField name="user" label={timeline.user} value={user} />
      <div class="filter-buttons">
        <button type="submit" class="button">{common.show}</button>
        {vm === "" && user === "" ? null : <a class="button" href="/activity">{common.all}</a>}
      </div>
    </form>
  );
}
