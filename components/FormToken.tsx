import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** The CSRF token of the page that is being drawn; null in a browser, which has the page itself. */
export const PageToken = createContext<string | null>(null);

/** Belongs into every form that changes something: without it the server refuses the form. */
export function FormToken() {
  const token = useContext(PageToken) ?? pageToken();
  return token === null ? null : <input type="hidden" name="csrf" value={token} />;
}

/** The token of the page in this browser, from its head; null where there is none. */
export function pageToken(): string | null {
  if (typeof document === "undefined") return null;
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? null;
}
