import assert from "node:assert/strict";
import { terminalLink } from "@/islands/hooks/terminal_link.ts";

Deno.test("terminalLink takes http and https, and shows where they really lead", () => {
  assert.deepEqual(terminalLink("https://example.org/a?b#c"), {
    href: "https://example.org/a?b#c",
    host: "example.org",
  });
  assert.equal(terminalLink("http://bank.example@evil.example/")?.host, "evil.example");
  assert.equal(terminalLink("https://аpple.com/")?.host, "xn--pple-43d.com");
  assert.equal(terminalLink("http://web1:8080/")?.host, "web1:8080");
});

Deno.test("terminalLink takes nothing else", () => {
  const others = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ssh://a", "x"];
  for (const text of [...others, "vbscript:x", "mailto:a@b", "", "//evil.example"]) {
    assert.equal(terminalLink(text), null, text);
  }
});
