import { DENSITIES, DENSITY_WORDS, type Look, THEME_WORDS, THEMES } from "@/components/look.ts";
import { FormToken } from "@/components/FormToken.tsx";
import type { Place } from "@/components/places.ts";
import type { User } from "@/protocol.ts";

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
    <div class="who">
      <button type="button" class="who-button" popovertarget="menu">
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="5.2" r="2.7" />
          <path d="M2.8 13.6c.6-2.7 2.6-4 5.2-4s4.6 1.3 5.2 4" />
        </svg>
        <span class="who-name">{user.name}</span>
        <span class="hidden">: menu</span>
      </button>
      <div class="menu" id="menu" popover="auto">
        <p class="menu-head">
          {user.name} <span class="who-role">{user.role ?? "single VMs"}</span>
        </p>
        {places.map(({ href, label }) => <a key={href} class="menu-link" href={href}>{label}</a>)}
        <form
          id="look"
          class="look"
          method="post"
          action={`/look?next=${encodeURIComponent(address)}`}
        >
          <FormToken />
          <fieldset>
            <legend>Colours</legend>
            {THEMES.map((theme) => (
              <label key={theme}>
                <input type="radio" name="theme" value={theme} checked={theme === look.theme} />
                {THEME_WORDS[theme]}
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend>Tables</legend>
            {DENSITIES.map((density) => (
              <label key={density}>
                <input
                  type="radio"
                  name="density"
                  value={density}
                  checked={density === look.density}
                />
                {DENSITY_WORDS[density]}
              </label>
            ))}
          </fieldset>
          <noscript>
            <button type="submit" class="button">Use these</button>
          </noscript>
        </form>
        <p class="menu-keys">
          <kbd>Ctrl</kbd> <kbd>K</kbd> any VM, any action<br />
          <kbd>?</kbd> all keys
        </p>
        <form method="post" action="/logout">
          <FormToken />
          <button type="submit" class="button">Sign out</button>
        </form>
      </div>
    </div>
  );
}
