import type { Status } from "@/protocol/mod.ts";
import { state } from "@/texts/mod.ts";

/** The state as shape, text and colour: each alone is enough to tell it. */
export function StateBadge({ status }: { status: Status }) {
  return (
    <span class={`state state-${status}`} data-status={status}>
      <StateGlyph status={status} />
      {state.words[status]}
    </span>
  );
}

/** A lamp that differs in shape from state to state: full, empty, halved, barred, crossed. */
function StateGlyph({ status }: { status: Status }) {
  return (
    <svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
      {shape(status)}
    </svg>
  );
}

function shape(status: Status) {
  switch (status) {
    case "running":
      return <circle cx="6" cy="6" r="5" fill="currentColor" />;
    case "paused":
      return <path d="M2 1.5h3v9H2zM7 1.5h3v9H7z" fill="currentColor" />;
    case "stopped":
      return <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5" />;
    case "shutdown":
      return (
        <>
          <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5" />
          <path d="M1.75 6a4.25 4.25 0 0 0 8.5 0z" fill="currentColor" />
        </>
      );
    case "crashed":
      return <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2.25" fill="none" />;
    case "unknown":
      return (
        <circle
          cx="6"
          cy="6"
          r="4.25"
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-dasharray="2.2 2.25"
        />
      );
  }
}
