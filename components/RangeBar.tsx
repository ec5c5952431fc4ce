import { type Range, RANGES } from "@/components/ranges.ts";

interface Props {
  chosen: Range;
  /** What the charts are of, for who cannot see where the links stand. */
  label: string;
  /** Takes a choice in place; without it, and without scripts, the link leads there. */
  onChoose?: (range: Range) => void;
}

/** How far back the charts look: links, of which one is where one is. */
export function RangeBar({ chosen, label, onChoose }: Props) {
  return (
    <nav class="ranges" aria-label={label}>
      {RANGES.map((range) => (
        <a
          key={range.id}
          class="range"
          href={`?range=${range.id}`}
          aria-current={range.id === chosen.id ? "true" : undefined}
          onClick={(event) => {
            if (!onChoose || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onChoose(range);
          }}
        >
          {range.label}
        </a>
      ))}
    </nav>
  );
}
