import assert from "node:assert/strict";
import { Progress, withoutCandidate } from "./apt.ts";

const policy = `cpio:
  Installed: (none)
  Candidate: 2.13+dfsg-7.1
  Version table:
     2.13+dfsg-7.1 500
zstd:
  Installed: (none)
  Candidate: (none)
  Version table:
`;

Deno.test("withoutCandidate names what apt cannot install or has never heard of", () => {
  assert.deepEqual(withoutCandidate(policy, ["cpio", "zstd", "chromium"]), ["zstd", "chromium"]);
  assert.deepEqual(withoutCandidate("", ["cpio"]), ["cpio"]);
});

Deno.test("Progress says how far apt is every twenty steps", () => {
  const said: string[] = [];
  const progress = new Progress((line) => said.push(line));
  progress.read("0 upgraded, 40 newly installed, 0 to remove and 3 not upgraded.");
  for (let n = 1; n <= 40; n++) {
    progress.read(`Selecting previously unselected package p${n}.`);
    progress.read(`Unpacking p${n} (1.0) ...`);
  }
  assert.deepEqual(said, ["  25 %: unpacking p20", "  50 %: unpacking p40"]);
});
