import { HttpError, type RouteConfig } from "fresh";
import { Head } from "fresh/runtime";
import { Brand } from "@/components/Brand.tsx";
import type { ErrorCode } from "@/protocol.ts";
import { GlassError } from "@/services/errors.ts";
import { define } from "@/utils.ts";

export const config: RouteConfig = { skipInheritedLayouts: true };

/** What happened and what to do about it, by HTTP status. */
const WORDS: Record<number, { title: string; advice: string }> = {
  400: { title: "That request makes no sense", advice: "Go back and try it again." },
  401: { title: "You are signed out", advice: "Sign in and come back." },
  403: {
    title: "You may not do that",
    advice: "If it is your role that forbids it, an administrator can give you another one.",
  },
  404: {
    title: "There is nothing here",
    advice: "The VM may have been removed or renamed, or you may not see it.",
  },
  405: { title: "That cannot be done here", advice: "Go back to the host." },
  429: { title: "Too many requests", advice: "Wait a minute, then try again." },
  500: {
    title: "virtglass made a mistake",
    advice: "Try it again. If it stays, the log of virtglass says what went wrong.",
  },
  502: {
    title: "libvirt refused",
    advice: "Its own words are above; try again once that is mended.",
  },
  503: {
    title: "libvirt does not answer",
    advice:
      "Check that libvirtd runs on the host. virtglass keeps trying and comes back by itself.",
  },
};

/** The same, by an error's code where its status says too little. */
const WORDS_OF_CODE: Partial<Record<ErrorCode, { title: string; advice: string }>> = {
  AUDIT_UNAVAILABLE: {
    title: "Nothing was changed",
    advice:
      "The audit log cannot be written, and what is not recorded is not done. The log of virtglass says what is wrong; most likely its disk is full.",
  },
};

function wordsOf(error: unknown) {
  const { cause } = error as Error;
  return cause instanceof GlassError ? WORDS_OF_CODE[cause.code] : undefined;
}

export default define.page(({ error }) => {
  const status = error instanceof HttpError ? error.status : 500;
  const { title, advice } = wordsOf(error) ?? WORDS[status] ?? WORDS[status < 500 ? 400 : 500] ??
    { title: "", advice: "" };
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
      {detail === "" ? null : <p>{detail}</p>}
      <p class="soft">{advice}</p>
      <p>
        {status === 401
          ? <a class="button button-main" href="/login">Sign in</a>
          : <a class="button" href="/">To the host</a>}
      </p>
    </main>
  );
});
