import assert from "node:assert/strict";
import { Server } from "@/tests/harness/server.ts";
import { WebSession } from "@/tests/harness/web_session.ts";
import * as de from "@/texts/de/mod.ts";
import * as en from "@/texts/en/mod.ts";

/** What a page says of its language, and its heading. */
async function spoken(response: Response) {
  const text = await response.text();
  return {
    lang: /<html lang="([^"]*)"/.exec(text)?.[1],
    header: response.headers.get("content-language"),
    heading: /<h1[^>]*>([^<]*)</.exec(text)?.[1],
  };
}

const ENGLISH = { lang: "en", header: "en", heading: "Sign in" };
const GERMAN = { lang: "de", header: "de", heading: "Anmelden" };

Deno.test("pages speak what the browser asks for, unless its user chose", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const ask = (headers: Record<string, string>) =>
    fetch(`${server.url}/login`, { headers, redirect: "manual" });

  await t.step("by Accept-Language", async () => {
    // Deno asks for any language where nothing is said.
    assert.deepEqual(await spoken(await ask({})), ENGLISH);
    assert.deepEqual(await spoken(await ask({ "accept-language": "de-CH, en;q=0.5" })), GERMAN);
    assert.deepEqual(await spoken(await ask({ "accept-language": "en, de;q=0.5" })), ENGLISH);
    assert.deepEqual(await spoken(await ask({ "accept-language": "fr" })), ENGLISH);
  });

  await t.step("by the cookie of a choice, which is before it", async () => {
    const choose = await fetch(`${server.url}/look?next=/vms/test`, {
      method: "POST",
      body: new URLSearchParams({ language: "de" }),
      headers: { origin: server.url, cookie: "virtglass-look=dark.dense" },
      redirect: "manual",
    });
    assert.equal(choose.status, 303);
    assert.equal(choose.headers.get("location"), "/vms/test");
    const [cookie = ""] = choose.headers.getSetCookie()[0]?.split(";") ?? [];
    // The rest of the look stays.
    assert.equal(cookie, "virtglass-look=dark.dense.de.on");
    assert.deepEqual(await spoken(await ask({ cookie, "accept-language": "en" })), GERMAN);
    const back = "virtglass-look=dark.dense.en";
    assert.deepEqual(await spoken(await ask({ cookie: back, "accept-language": "de" })), ENGLISH);
  });

  await t.step("pages tell caches what they depend on, and other answers do not", async () => {
    const page = await ask({});
    assert.match(page.headers.get("vary") ?? "", /accept-language, *cookie/i);
    await page.body?.cancel();
    const api = await server.fetch("/api/v1/vms", { headers: { "accept-language": "de" } });
    assert.equal(api.headers.get("content-language"), null);
    await api.body?.cancel();
  });

  await t.step("an error page speaks it too", async () => {
    const { cookie } = await WebSession.signIn(server);
    const headers = { cookie, "accept-language": "de" };
    const said = await spoken(await fetch(`${server.url}/nothing`, { headers }));
    assert.deepEqual(said, { lang: "de", header: "de", heading: "Hier gibt es nichts" });
  });

  await t.step("requests at the same time do not mix", async () => {
    const { cookie } = await WebSession.signIn(server);
    const pages = await Promise.all(Array.from({ length: 40 }, async (_, number) => {
      const language = number % 2 === 0 ? "de" : "en";
      const headers = { cookie, "accept-language": language };
      const text = await (await fetch(server.url, { headers })).text();
      return text.includes(language === "de" ? "Virtuelle Maschinen" : "Virtual machines") &&
        !text.includes(language === "de" ? "Virtual machines" : "Virtuelle Maschinen");
    }));
    assert.ok(pages.every(Boolean));
  });

  await t.step("programs are answered in English, whatever they ask for", async () => {
    const response = await server.fetch("/api/v1/vms/nothing", {
      headers: { "accept-language": "de" },
    });
    const { detail } = await response.json();
    assert.match(detail, /^There is no VM/);
  });
});

/** The pages of an admin, on libvirt's test driver. */
const PAGES = [
  ...["/", "/?ask=suspend&vm=UUID", "/?range=5m", "/vms/test", "/vms/test?confirm=power-off"],
  ...["/vms/test/console", "/vms/test/hardware", "/vms/test/history", "/vms/test/snapshots"],
  ...["/vms/test/xml", "/activity", "/recordings", "/recordings?vm=test", "/users", "/users/new"],
  ...["/users/admin", "/users/admin?confirm=delete", "/users/admin?done=access", "/audit"],
  ...["/audit?user=none", "/account", "/account?confirm=others", "/account?done=password"],
  ...["/account/password", "/account/second-factor", "/account/tokens", "/nothing"],
];

/** Sentences of all areas that are texts as they are. */
function sentences(texts: object): string[] {
  return Object.values(texts).flatMap((value) =>
    typeof value === "string" ? [value] : typeof value === "object" ? sentences(value) : []
  );
}

Deno.test("no page mixes languages, whichever was asked for before", async () => {
  await using server = await Server.start({ connect: "test:///default" });
  const { cookie } = await WebSession.signIn(server);
  const [{ uuid }] = await (await server.fetch("/api/v1/vms")).json();
  // A command and a visit to tell of.
  await (await server.fetch("/api/v1/vms/test/commands", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ action: "resume", requestId: "german" }),
  })).body?.cancel();
  const of = { en: new Set(sentences(en)), de: new Set(sentences(de)) };
  for (const path of PAGES.map((path) => path.replace("UUID", uuid))) {
    for (const [language, other] of [["de", "en"], ["en", "de"]] as const) {
      const headers = { cookie, "accept-language": language };
      const text = await (await fetch(server.url + path, { headers })).text();
      const shown = [...text.matchAll(/>([^<>]+)<|(?:aria-label|title|placeholder)="([^"]*)"/g)]
        .map((match) => (match[1] ?? match[2]!).trim());
      const foreign = shown.filter((said) => of[other].has(said) && !of[language].has(said));
      assert.deepEqual(foreign, [], `${path} in ${language}`);
      assert.ok(shown.some((said) => of[language].has(said)), `${path} says something`);
    }
  }
});
