import type { Event } from "@/protocol/mod.ts";
import { ofEvent } from "@/components/happened.ts";
import { notices } from "@/texts/mod.ts";

/** Milliseconds in which what happens is said at once: a start alone is two events. */
const TOGETHER = 500;
/** More VMs than these are counted: a list of many would be read to its end. */
const MOST = 3;

/** The last that happened to each VM and is not said yet. */
const changes = new Map<string, Event>();

/** Has a screen reader say what became of a VM, on a page whose table shows it to the others. */
export function sayChange(event: Event): void {
  const place = document.getElementById("changes");
  if (!place || event.vm === null || event.kind !== "lifecycle") return;
  if (changes.size === 0) {
    setTimeout(() => {
      place.textContent = wordsOf(changes);
      changes.clear();
    }, TOGETHER);
  }
  changes.set(event.vm, event);
}

/** One sentence for all of it: "web1: Suspended", "5 VMs changed". */
export function wordsOf(changes: Map<string, Event>): string {
  if (changes.size > MOST) return notices.manyChanged(changes.size);
  return [...changes].map(([vm, event]) => `${vm}: ${ofEvent(event)?.what}`).join(", ");
}
