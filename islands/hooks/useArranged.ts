import { useRef } from "preact/hooks";
import { arrange, isMoving, type View } from "@/components/vm_view.ts";
import type { Row } from "@/components/vm_row.ts";

/** Milliseconds for which rows that are sorted by moving numbers stay where they are. */
const HOLD = 5000;
/** The same while somebody points at them: what is under the pointer must not change. */
const POINTED = 30_000;

/** The rows in the order of the view. */
export function useArranged(rows: Row[], view: View): Row[] {
  const held = useRef<{ view: View; places: Map<string, number>; at: number } | null>(null);
  const last = held.current;
  if (isMoving(view) && last?.view === view) {
    const age = performance.now() - last.at;
    if (age < HOLD || (age < POINTED && document.querySelector(".vms tbody:hover"))) {
      return arrange(rows, view, last.places);
    }
  }
  const arranged = arrange(rows, view);
  const places = new Map(arranged.map(({ uuid }, index) => [uuid, index]));
  held.current = { view, places, at: performance.now() };
  return arranged;
}
