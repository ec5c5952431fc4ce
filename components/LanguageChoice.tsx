import { FormToken } from "@/components/FormToken.tsx";
import { LANGUAGES, OWN_NAMES } from "@/texts/languages.ts";
import { look } from "@/texts/gate.ts";
import { language } from "@/texts/spoken.ts";

/** The languages of the face for who has not signed in, and so has no menu yet; comes back to `next`. */
export function LanguageChoice({ next }: { next: string }) {
  return (
    <form
      class="languages"
      method="post"
      action={`/look?next=${encodeURIComponent(next)}`}
      aria-label={look.language}
    >
      <FormToken />
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="submit"
          class="button button-bare"
          name="language"
          value={each}
          lang={each}
          aria-pressed={each === language ? "true" : "false"}
        >
          {OWN_NAMES[each]}
        </button>
      ))}
    </form>
  );
}
