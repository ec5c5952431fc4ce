import { ADMIN, type Server } from "./server.ts";

/** A browser's session as plain requests: its cookie, and the token that its pages have. */
export class WebSession {
  readonly #url: string;
  /** As a `Cookie` header has it. */
  readonly cookie: string;
  readonly csrf: string;

  private constructor(url: string, cookie: string, csrf: string) {
    this.#url = url;
    this.cookie = cookie;
    this.csrf = csrf;
  }

  static async signIn(
    { url }: Pick<Server, "url">,
    username = ADMIN.username,
    password = ADMIN.password,
  ): Promise<WebSession> {
    const form = await fetch(`${url}/login`, {
      method: "POST",
      body: new URLSearchParams({ username, password }),
      redirect: "manual",
    });
    await form.body?.cancel();
    const cookie = form.headers.getSetCookie()[0]?.split(";")[0];
    if (!cookie) throw new Error(`login: ${form.status}`);
    const page = await (await fetch(`${url}/account`, { headers: { cookie } })).text();
    const csrf = /<meta name="csrf-token" content="([^"]+)"/.exec(page)?.[1];
    if (!csrf) throw new Error("the page has no CSRF token");
    return new WebSession(url, cookie, csrf);
  }

  /** As fetch, with the cookie and the origin that a browser adds, and nothing else. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", this.cookie);
    headers.set("origin", this.#url);
    return await fetch(`${this.#url}${path}`, { redirect: "manual", ...init, headers });
  }

  /** Sends a form as a page of this session does. */
  async post(path: string, fields: Record<string, string>): Promise<Response> {
    return await this.fetch(path, {
      method: "POST",
      body: new URLSearchParams({ csrf: this.csrf, ...fields }),
    });
  }
}
