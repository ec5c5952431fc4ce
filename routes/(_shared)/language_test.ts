import assert from "node:assert/strict";
import { languageFor, preferred } from "@/routes/(_shared)/language.ts";

Deno.test("preferred takes the best of ours, whatever its region", () => {
  const cases: [accepted: string | null, language: string][] = [
    [null, "en"],
    ["", "en"],
    ["de", "de"],
    ["de-CH", "de"],
    ["DE-at", "de"],
    ["en-US,en;q=0.9", "en"],
    ["en;q=0.5, de;q=0.8", "de"],
    ["fr-FR, de;q=0.7, en;q=0.3", "de"],
    ["fr, *;q=0.5, de;q=0.1", "en"],
    ["de;q=0, en;q=0.1", "en"],
    ["de;q=0", "en"],
    ["den, deu", "en"],
    ["*", "en"],
    [";;;,,q=,de;q=zz\u00e4", "de"],
  ];
  for (const [accepted, language] of cases) {
    assert.equal(preferred(accepted), language, String(accepted));
  }
});

Deno.test("languageFor takes the user's choice before the browser's", () => {
  const asked = (cookie: string) =>
    languageFor(new Request("http://glass/", { headers: { cookie, "accept-language": "de" } }));
  assert.equal(asked(""), "de");
  assert.equal(asked("virtglass-look=dark.dense"), "de");
  assert.equal(asked("virtglass-look=dark.dense.en"), "en");
  assert.equal(asked("virtglass-look=dark.dense.xx"), "de");
});
