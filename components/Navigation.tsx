import { isAt, type Place } from "@/components/places.ts";

/** The links of the bar. */
export function Navigation({ path, places }: { path: string; places: Place[] }) {
  return (
    <nav class="bar-links" aria-label="Pages">
      {places.map((place) => (
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
