/**
 * A page's address as it may be kept and shown: without a token, which somebody has put there in
 * error.
 */
export function pathAndQuery({ href }: URL): string {
  const url = new URL(href);
  url.searchParams.delete("token");
  return url.pathname + url.search;
}
