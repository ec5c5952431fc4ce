import { DENSITIES, type Look, SINGLE_KEYS, THEMES } from "@/components/look.ts";
import { LANGUAGES } from "@/texts/languages.ts";

const NAME = "virtglass-look";
const YEAR = 365 * 86_400;

/** How this browser's pages are to look, and what they are to speak. */
export function readLook(request: Request): Look {
  const cookie = request.headers.get("cookie")?.split("; ").find((pair) =>
    pair.startsWith(`${NAME}=`)
  );
  const [theme, density, language, keys] = cookie?.slice(NAME.length + 1).split(".") ?? [];
  return lookOf({ theme, density, language, keys });
}

/** The look of these words; one that is none is as it is without a choice. */
export function lookOf(words: { [name in keyof Look]: unknown }): Look {
  return {
    theme: THEMES.find((word) => word === words.theme) ?? "system",
    density: DENSITIES.find((word) => word === words.density) ?? "roomy",
    keys: SINGLE_KEYS.find((word) => word === words.keys) ?? "on",
    language: LANGUAGES.find((word) => word === words.language) ?? null,
  };
}

/** The `Set-Cookie` value that keeps it. No secret, and nothing that a script may not see. */
export function lookCookie({ theme, density, language, keys }: Look): string {
  const words = [theme, density, language, keys].join(".");
  return `${NAME}=${words}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
}
