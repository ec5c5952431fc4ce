import assert from "node:assert/strict";
import { lateImports } from "./late_imports.ts";

Deno.test("lateImports changes how neighbours are asked for late, and nothing else", () => {
  const code = 'import a from "./a.js";const b=()=>import(`./b.js`),c=()=>import("node:zlib");';
  assert.equal(
    lateImports(code),
    'import a from "./a.js";const b=()=>import(String(`./b.js`)),c=()=>import("node:zlib");',
  );
});
