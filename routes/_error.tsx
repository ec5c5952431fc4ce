import { HttpError, type RouteConfig } from "fresh";
import { Head } from "fresh/runtime";
import { Brand } from "@/components/Brand.tsx";
import { GlassError } from "@/services/errors.ts";
import { errors, signIn, wire } from "@/texts/gate.ts";
import { define } from "@/utils.ts";

export const config: RouteConfig = { skipInheritedLayouts: true };

/** What happened and what to do about it. */
function wordsOf(error: unknown) {
  const { cause } = error as Error;
  if (cause instanceof GlassError && cause.code === "AUDIT_UNAVAILABLE") return errors.unrecorded;
  const status = error instanceof HttpError ? error.status : 500;
  const pages: Record<number, { title: string; advice: string }> = errors.pages;
  return pages[status] ?? errors.pages[status < 500 ? 400 : 500];
}

export default define.page(({ error }) => {
  const status = error instanceof HttpError ? error.status : 500;
  const { title, advice } = wordsOf(error);
  const detail = error instanceof HttpError && status < 500 ? error.message : "";
  return (
    <main class="failure">
      <Head>
        <title>{`${title} · virtglass`}</title>
      </Head>
      <a class="home" href="/">
        <Brand />
      </a>
      <p class="failure-status">{status}</p>
      <h1>{title}</h1>
      {detail === "" ? null : <p>{wire.words(detail)}</p>}
      <p class="soft">{advice}</p>
      <p>
        {status === 401
          ? <a class="button button-main" href="/login">{signIn.title}</a>
          : <a class="button" href="/">{errors.toHost}</a>}
      </p>
    </main>
  );
});
