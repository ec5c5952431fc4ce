/**
 * The browser's session cookie. `__Host-` binds it to this host and to TLS; only where there is no
 * TLS (loopback) does it go by its plain name, since browsers refuse the prefix there.
 */
const SECURE_NAME = "__Host-virtglass";
const PLAIN_NAME = "virtglass";

const nameFor = (request: Request) => request.url.startsWith("https:") ? SECURE_NAME : PLAIN_NAME;

function setCookie(request: Request, value: string, maxAge: number): string {
  const name = nameFor(request);
  const secure = name === SECURE_NAME ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`;
}

/** The `Set-Cookie` value that signs the browser in. */
export function sessionCookie(request: Request, secret: string, maxAge: number): string {
  return setCookie(request, secret, maxAge);
}

/** The `Set-Cookie` value that signs it out. */
export function clearedCookie(request: Request): string {
  return setCookie(request, "", 0);
}

/** The session secret that the request's cookie carries. */
export function readSessionCookie(request: Request): string | null {
  const header = request.headers.get("cookie");
  if (!header) return null;
  const prefix = `${nameFor(request)}=`;
  for (const pair of header.split(";")) {
    const cookie = pair.trim();
    if (cookie.startsWith(prefix)) return cookie.slice(prefix.length) || null;
  }
  return null;
}
