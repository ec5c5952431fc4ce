import assert from "node:assert/strict";
import { safeNext } from "@/routes/(_shared)/next.ts";

const next = (value: string) =>
  safeNext(new URL(`http://glass.example/login?next=${encodeURIComponent(value)}`));

Deno.test("safeNext keeps a path of this server with its query", () => {
  assert.equal(next("/vms/web1?confirm=reset"), "/vms/web1?confirm=reset");
  assert.equal(next("/vms/a%2Fb"), "/vms/a%2Fb");
});

Deno.test("safeNext leads home from everything else", () => {
  const others = [
    "",
    "vms/web1",
    "http://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "/.//evil.example/",
    "javascript:alert(1)",
    "http://[",
    "/login?next=/x",
    "/logout",
  ];
  for (const value of others) assert.equal(next(value), "/", JSON.stringify(value));
  assert.equal(safeNext(new URL("http://glass.example/login")), "/");
});
