import { isAt, type Place, placeName } from "@/components/places.ts";
import { bar } from "@/texts/mod.ts";

/** The links of the bar. */
export function Navigation({ path, places }: { path: string; places: Place[] }) {
  return (
    <nav class="bar-links" aria-label={bar.pages}>
      {places.map((place) => (
        <a
          key={place.href}
          href={place.href}
          {...(isAt(place, path) ? { "aria-current": place.href === path ? "page" : true } : {})}
        >
          {placeName(place)}
        </a>
      ))}
    </nav>
  );
}
