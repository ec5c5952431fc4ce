import { type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumPath, chromiumProblem } from "./chromium.ts";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What draws: nothing but elements, or WebGL too, by a graphics card that is emulated. */
const GRAPHICS = {
  none: ["--disable-gpu"],
  emulated: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
};

/** Chromium with an empty profile of its own; gone with it when disposed. */
export class Browser implements AsyncDisposable {
  /** What pages logged as errors, threw, or were forbidden by their Content-Security-Policy. */
  readonly errors: string[] = [];
  readonly #context: BrowserContext;
  readonly #profile: string;

  private constructor(context: BrowserContext, profile: string) {
    this.#context = context;
    this.#profile = profile;
    context.on("page", (page) => this.#watch(page));
    for (const page of context.pages()) this.#watch(page);
  }

  /**
   * `javaScript: false` is a browser whose owner has turned scripts off; `locale` is what they speak,
   * `timezoneId` where they are.
   */
  static async start(
    {
      javaScript = true,
      graphics = "none" as keyof typeof GRAPHICS,
      locale = "en-US",
      timezoneId = "UTC",
    } = {},
  ): Promise<Browser> {
    const profile = await Deno.makeTempDir({ prefix: "virtglass-browser-" });
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      args: [...FLAGS, ...GRAPHICS[graphics]],
      viewport: { width: 1280, height: 800 },
      javaScriptEnabled: javaScript,
      locale,
      timezoneId,
    });
    context.setDefaultTimeout(15_000);
    return new Browser(context, profile);
  }

  /** A new tab. Disposing it closes it and throws when the page had errors: see `errors`. */
  async page(): Promise<Page & AsyncDisposable> {
    const page = await this.#context.newPage();
    return Object.assign(page, {
      [Symbol.asyncDispose]: async () => {
        await page.close();
        const errors = this.errors.splice(0);
        if (errors.length) throw new Error(`the page had errors:\n${errors.join("\n")}`);
      },
    });
  }

  /** Without cookies, as a person who has not signed in. */
  async forget(): Promise<void> {
    await this.#context.clearCookies();
  }

  /** To be called after a sign-out: the page that is left may hear of it by its socket, and ask, before it goes. */
  signedOut(): void {
    const others = this.errors.filter((error) => !/401 \(Unauthorized\)/.test(error));
    this.errors.splice(0, Infinity, ...others);
  }

  #watch(page: Page) {
    page.on("pageerror", (error) => this.errors.push(`thrown: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") {
        this.errors.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    await Deno.remove(this.#profile, { recursive: true });
  }

  /** Why this machine cannot run a browser, or null when it can. */
  static get problem(): string | null {
    return chromiumProblem;
  }
}
