import assert from "node:assert/strict";
import { LibvirtMissing } from "./errors.ts";
import { demandRecent, library, openLibrary, versionOf } from "./library.ts";

Deno.test("openLibrary names the package to install when libvirt is not there", () => {
  assert.throws(
    () => openLibrary("libvirt-is-not-installed.so.0"),
    (error) => error instanceof LibvirtMissing && /libvirt0 .*libvirt-libs/.test(error.message),
  );
});

Deno.test("openLibrary says of a library without our functions that it is too old", () => {
  assert.throws(
    () => openLibrary("libm.so.6"),
    (error) =>
      error instanceof LibvirtMissing && /too old: it has no \w+\. .*newer$/.test(error.message),
  );
});

Deno.test("demandRecent refuses what is older than libvirt 6.1.0, and says what it is", () => {
  for (
    const [version, text] of [
      [1_002_014, "1.2.14"],
      [5_010_000, "5.10.0"],
      [6_000_000, "6.0.0"],
      [6_000_999, "6.0.999"],
    ] as const
  ) {
    assert.throws(() => demandRecent("libvirt.so.0", version), {
      name: "LibvirtMissing",
      message:
        `libvirt.so.0 is too old: it is libvirt ${text}. virtglass needs libvirt 6.1.0 or newer`,
    });
  }
  for (const version of [6_001_000, 6_010_000, 7_000_000, 12_004_000, versionOf(library())]) {
    demandRecent("libvirt.so.0", version);
  }
});

Deno.test("library is opened once", () => {
  assert.equal(library(), library());
});
