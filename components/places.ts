import type { Role } from "@/protocol.ts";

/** A page that the bar links to. */
export interface Place {
  href: string;
  label: string;
  /** What is pressed after g to go there. */
  key?: string;
  /** Whom it is for; everybody without it. */
  roles?: readonly Role[];
}

/** In the bar, in this order. */
export const PLACES: readonly Place[] = [
  { href: "/", label: "Host", key: "h" },
  { href: "/activity", label: "Activity", key: "a" },
  { href: "/recordings", label: "Recordings", key: "r" },
];

/** In the menu of who is signed in, in this order. */
export const OWN_PLACES: readonly Place[] = [];

/** Those of them that somebody of this role has. */
export function placesFor(places: readonly Place[], role: Role): Place[] {
  return places.filter(({ roles }) => roles === undefined || roles.includes(role));
}

/** Whether a page is the place itself or below it. */
export function isAt({ href }: Place, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
