import { hashOf } from "./secret.ts";

/**
 * The token that every form and changing request of a browser session carries besides its cookie: other
 * sites can make a browser send the cookie, but cannot read this. It follows from the cookie and leads
 * nowhere back, so nothing has to be kept.
 */
export async function csrfToken(cookie: string): Promise<string> {
  return await hashOf(`csrf ${cookie}`);
}
