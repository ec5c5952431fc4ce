/**
 * Where to go after signing in: `?next=` where it is a path of this server, "/" otherwise. Resolved
 * as a browser would, since "//evil", "/\\evil" and the like are other people's servers.
 */
export function safeNext(url: URL): string {
  const wanted = url.searchParams.get("next") ?? "/";
  if (!wanted.startsWith("/") || !URL.canParse(wanted, url)) return "/";
  const { origin, pathname, search } = new URL(wanted, url);
  if (origin !== url.origin || pathname.startsWith("//")) return "/";
  return /^\/(login|logout)(\/|$)/.test(pathname) ? "/" : pathname + search;
}
