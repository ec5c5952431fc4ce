import { bar } from "@/texts/mod.ts";

/** A page that the bar links to. */
export interface Place {
  href: string;
  name: keyof typeof bar.places;
  /** What is pressed after g to go there. */
  key?: string;
  /** What one has to be allowed to do, beyond being signed in. */
  needs?: "users" | "audit";
}

/** In the bar, in this order. */
export const PLACES: readonly Place[] = [
  { href: "/", name: "host", key: "h" },
  { href: "/activity", name: "activity", key: "a" },
  { href: "/recordings", name: "recordings", key: "r" },
];

/** In the menu of who is signed in, in this order. */
export const OWN_PLACES: readonly Place[] = [
  { href: "/account", name: "account" },
  { href: "/users", name: "users", needs: "users" },
  { href: "/audit", name: "audit", needs: "audit" },
];

/** What the links to it say. */
export const placeName = ({ name }: Place) => bar.places[name];

/** Those of them that are open to somebody who may do this. */
export function placesFor(
  places: readonly Place[],
  may: (operation: NonNullable<Place["needs"]>) => boolean,
): Place[] {
  return places.filter(({ needs }) => needs === undefined || may(needs));
}

/** Whether a page is the place itself or below it. */
export function isAt({ href }: Place, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
