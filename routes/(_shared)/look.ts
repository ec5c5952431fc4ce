import { DENSITIES, type Look, THEMES } from "@/components/look.ts";

const NAME = "virtglass-look";
const YEAR = 365 * 86_400;

/** How this browser's pages are to look. */
export function readLook(request: Request): Look {
  const cookie = request.headers.get("cookie")?.split("; ").find((pair) =>
    pair.startsWith(`${NAME}=`)
  );
  const [theme, density] = cookie?.slice(NAME.length + 1).split(".") ?? [];
  return lookOf(theme, density);
}

/** The look of these words; one that is none is as it is without a choice. */
export function lookOf(theme: unknown, density: unknown): Look {
  return {
    theme: THEMES.find((word) => word === theme) ?? "system",
    density: DENSITIES.find((word) => word === density) ?? "roomy",
  };
}

/** The `Set-Cookie` value that keeps it. No secret, and nothing that a script may not see. */
export function lookCookie({ theme, density }: Look): string {
  return `${NAME}=${theme}.${density}; Path=/; Max-Age=${YEAR}; SameSite=Lax`;
}
