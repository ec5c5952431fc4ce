import { Choices } from "@/components/Choices.tsx";
import { DENSITIES, type Look, SINGLE_KEYS, THEMES } from "@/components/look.ts";
import { FormToken } from "@/components/FormToken.tsx";
import { type Place, placeName } from "@/components/places.ts";
import type { User } from "@/protocol/mod.ts";
import { OWN_NAMES } from "@/texts/languages.ts";
import { bar, common, look as texts } from "@/texts/mod.ts";

interface Props {
  user: User;
  /** Pages that are for this user. */
  places: Place[];
  look: Look;
  /** The page that one is on, and comes back to. */
  address: string;
}

/** Who is signed in, and what is theirs: a popover, which needs no script. */
export function UserMenu({ user, places, look, address }: Props) {
  return (
    <div class="who" data-user={user.name}>
      <button type="button" class="who-button" popovertarget="menu">
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="5.2" r="2.7" />
          <path d="M2.8 13.6c.6-2.7 2.6-4 5.2-4s4.6 1.3 5.2 4" />
        </svg>
        <span class="who-name">{user.name}</span>
        <span class="hidden">: {bar.menu}</span>
      </button>
      <div class="menu" id="menu" popover="auto">
        <p class="menu-head">
          {user.name} <span class="who-role">{user.role ?? bar.singleVMs}</span>
        </p>
        {places.map((place) => (
          <a key={place.href} class="menu-link" href={place.href}>{placeName(place)}</a>
        ))}
        <form
          id="look"
          class="look"
          method="post"
          action={`/look?next=${encodeURIComponent(address)}`}
          data-language={look.language ?? ""}
        >
          <FormToken />
          <Choices name="theme" title={texts.colours} chosen={look.theme}>
            {THEMES.map((theme) => [theme, texts.themes[theme]])}
          </Choices>
          <Choices name="density" title={texts.tables} chosen={look.density}>
            {DENSITIES.map((density) => [density, texts.densities[density]])}
          </Choices>
          <Choices name="keys" title={texts.singleKeys} chosen={look.keys}>
            {SINGLE_KEYS.map((keys) => [keys, texts.singleKeysAre[keys]])}
          </Choices>
          <Choices name="language" title={texts.language} chosen={look.language ?? ""}>
            {[["", texts.asBrowser], ...Object.entries(OWN_NAMES)]}
          </Choices>
          <noscript>
            <button type="submit" class="button">{texts.use}</button>
          </noscript>
        </form>
        <p class="menu-keys">
          <kbd>{common.ctrl}</kbd> <kbd>K</kbd> {bar.anyVM}
          <span class="menu-single-key">
            <kbd>?</kbd> {bar.allKeys}
          </span>
        </p>
        <form method="post" action="/logout">
          <FormToken />
          <button type="submit" class="button">{bar.signOut}</button>
        </form>
      </div>
    </div>
  );
}
