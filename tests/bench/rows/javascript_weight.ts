import type { Bench } from "../bench.ts";
import { withBrowser, withPage } from "../chromium.ts";
import { absolute, type Figure, type Row } from "../row.ts";
import { transfersOf } from "../transfers.ts";
import { kilobytes } from "../units.ts";

/** What Chromium, with an empty cache, transfers of JavaScript, compressed as the server sends it. */
export class JavaScriptWeight implements Row {
  readonly name = "javascript";
  readonly once = true;
  #host = NaN;
  #login = NaN;

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(20);
    await using server = await bench.serve(uri);
    const weigh = (cookie: string, path: string) =>
      withBrowser((browser) =>
        withPage(
          browser,
          cookie,
          server.url,
          async (page) => (await transfersOf(page, `${server.url}${path}`)).javaScript,
        )
      );
    this.#host = await weigh(await server.cookie(), "/");
    this.#login = await weigh("", "/login");
  }

  figures(): Figure[] {
    return [
      absolute("JavaScript on the wire: host page", this.#host, kilobytes, 15_000),
      absolute("the same: a page without islands (sign-in)", this.#login, kilobytes, 0),
    ];
  }
}
