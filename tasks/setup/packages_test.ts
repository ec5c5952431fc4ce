import assert from "node:assert/strict";
import { missing } from "./packages.ts";

Deno.test("missing names what dpkg does not know and what was removed with its files kept", () => {
  const listed = "cpio installed\nchromium config-files\nxz-utils installed\n";
  assert.deepEqual(missing(["cpio", "chromium", "zstd", "xz-utils"], listed), ["chromium", "zstd"]);
});
