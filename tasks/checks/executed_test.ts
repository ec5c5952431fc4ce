import assert from "node:assert/strict";
import { project } from "../build/project.ts";
import { EXECUTED } from "./executed.ts";

Deno.test("what runs against the executable is there, and asks the harness which program it tests", () => {
  for (const file of EXECUTED) {
    assert.match(Deno.readTextFileSync(`${project}/${file}`), /harness\/server\.ts/, file);
  }
});
