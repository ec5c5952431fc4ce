import { wire } from "@/texts/mod.ts";

/** What became of a command, or what it is doing: under the power buttons, heard by screen readers. */
export interface Told {
  kind: "pending" | "done" | "failed";
  message: string;
}

export function Outcome({ told }: { told: Told | null }) {
  return (
    <div class="outcome-line" role="status" data-outcome={told?.kind}>
      {told === null ? null : (
        <p class={`outcome outcome-${told.kind}`}>
          <OutcomeGlyph kind={told.kind} />
          {wire.words(told.message)}
        </p>
      )}
    </div>
  );
}

/** How it went, as a shape. */
export function OutcomeGlyph({ kind }: Pick<Told, "kind">) {
  return (
    <svg class={`glyph glyph-${kind}`} viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[kind]} />
    </svg>
  );
}

const SHAPES = {
  pending: "M6 1a5 5 0 1 1-5 5",
  done: "M1.5 6.5l3 3 6-7",
  failed: "M2 2l8 8M10 2l-8 8",
};
