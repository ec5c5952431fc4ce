import { DENSITIES, type Look, THEMES } from "@/components/look.ts";
import { LANGUAGES } from "@/texts/languages.ts";

const NAME = "virtglass-look";
const YEAR = 365 * 86_400;

/** How this browser's pages are to look, and what they are to speak. */
export function readLook(request: Request): Look {
  const cookie = request.headers.get("cookie")?.split("; ").find((pair) =>
    pair.startsWith(`${NAME}=`)
  );
  const [theme, density, language] = cookie?.slice(NAME.length + 1).split(".") ?? [];
  return lookOf({ theme, density, language });
}

/** The look of these words; one that is none is as it is without a choice. */
export function lookOf(words: { [name in keyof Look]: unknown }): Look {
  return {
    theme: THEMES.find((word) => word === words.theme) ?? "system",
    density: DENSITIES.find((word) => word === words.density) ?? "roomy",
    language: LANGUAGES.find((word) => word === words.language) ?? null,
  };
}

/** The `Set-Cookie` value that keeps it. No secret, and nothing that a script may not see. */
export function lookCookie({ theme, density, language }: Look): string {
  const words = [theme, density, ...(language === null ? [] : [language])].join(".");
  return `${NAME}=${words}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
}
