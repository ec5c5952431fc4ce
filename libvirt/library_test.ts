import assert from "node:assert/strict";
import { LibvirtMissing } from "./errors.ts";
import { library, openLibrary } from "./library.ts";

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

Deno.test("library is opened once", () => {
  assert.equal(library(), library());
});
