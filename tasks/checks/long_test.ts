import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { project } from "../build/project.ts";
import { LONG } from "./long.ts";

Deno.test("every long test is there, and reads what makes it long", () => {
  for (const { file, env } of LONG) {
    assert.ok(existsSync(`${project}/${file}`), file);
    const text = Deno.readTextFileSync(`${project}/${file}`);
    for (const name of Object.keys(env)) assert.ok(text.includes(`"${name}"`), `${file}: ${name}`);
  }
});
