import { isAt, PLACES, placesFor } from "@/components/places.ts";
import type { Role } from "@/protocol.ts";

/** The links of the bar. */
export function Navigation({ path, role }: { path: string; role: Role }) {
  return (
    <nav class="bar-links" aria-label="Pages">
      {placesFor(PLACES, role).map((place) => (
        <a
          key={place.href}
          href={place.href}
          {...(isAt(place, path) ? { "aria-current": place.href === path ? "page" : true } : {})}
        >
          {place.label}
        </a>
      ))}
    </nav>
  );
}
