import { places } from "../actions.ts";
import type { Command } from "../commands.ts";

/** What a shell may offer for a value: words, files, folders, or nothing that it could know. */
export type Offer = readonly string[] | "files" | "folders" | "nothing";

/** Of what stands for a value in the help: "json|pretty", "FILE", "DIR", "URI". */
export function offerOf(value: string): Offer {
  if (value.includes("|")) return value.split("|");
  if (value === "FILE") return "files";
  return value === "DIR" ? "folders" : "nothing";
}

/** What may come as word number `at` of a command, when the first of its words was `first`. */
export interface Spot {
  at: number;
  /** Null for the first word itself, and where that is a value. */
  first: string | null;
  name: string;
  offer: Offer;
}

/** All words that a command's actions take; those that begin them come first and together. */
export function spotsOf({ actions }: Command): Spot[] {
  const begin: string[] = [];
  const spots: Spot[] = [];
  for (const { takes } of actions) {
    const [head, ...rest] = places(takes);
    if (head === undefined) continue;
    if (head.choices !== null) begin.push(...head.choices);
    else spots.push({ at: 0, first: null, name: head.name, offer: offerOf(head.name) });
    for (const [index, { name, choices }] of rest.entries()) {
      const offer = choices ?? offerOf(name);
      for (const first of head.choices ?? [null]) spots.push({ at: index + 1, first, name, offer });
    }
  }
  const words = { at: 0, first: null, name: "action", offer: begin };
  return begin.length > 0 ? [words, ...spots] : spots;
}
