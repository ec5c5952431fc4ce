import { pageToken } from "@/components/FormToken.tsx";
import type { Problem } from "@/protocol/mod.ts";
import { consoleWords } from "@/texts/mod.ts";

/**
 * Asks the REST API in the name of who sees the page; answers null where nothing came back.
 *
 * @throws Error with the server's words
 */
export async function askServer<T>(method: string, address: string, sent?: object): Promise<T> {
  const token = pageToken();
  const response = await fetch(address, {
    method,
    headers: {
      accept: "application/json",
      ...(sent && { "content-type": "application/json" }),
      ...(method !== "GET" && token !== null && { "x-csrf-token": token }),
    },
    ...(sent && { body: JSON.stringify(sent) }),
  });
  const body: T | Problem | null = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new Error((body as Problem | null)?.detail ?? consoleWords.serverAnswered(response.status));
}
