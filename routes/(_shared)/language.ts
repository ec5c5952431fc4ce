import { parseAccept } from "hono/utils/accept";
import { readLook } from "@/routes/(_shared)/look.ts";
import { type Language, LANGUAGES } from "@/texts/languages.ts";

/** What the page of this request speaks: what was chosen in this browser, or what it asks for. */
export function languageFor(request: Request): Language {
  return readLook(request).language ?? preferred(request.headers.get("accept-language"));
}

/** The language of ours that an `Accept-Language` likes best: `de-CH` is content with German. */
export function preferred(accepted: string | null): Language {
  const wishes = accepted === null ? [] : parseAccept(accepted);
  for (const { type, q } of wishes) {
    if (q === 0) continue;
    const tag = type.toLowerCase();
    const found = LANGUAGES.find((each) => tag === each || tag.startsWith(`${each}-`));
    if (found) return found;
    if (tag === "*") break;
  }
  return LANGUAGES[0];
}

/** Says which language a page is in, and that it depends on who asks. Other answers have none. */
export function tellLanguage(request: Request, { headers }: Response): void {
  if (!headers.get("content-type")?.startsWith("text/html")) return;
  headers.set("content-language", languageFor(request));
  headers.append("vary", "Accept-Language, Cookie");
}
