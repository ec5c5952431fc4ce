import assert from "node:assert/strict";
import { versionedKernelPackages } from "./kernel.ts";

Deno.test("versionedKernelPackages finds Debian's kernel and Ubuntu's with its modules", () => {
  const debian = "linux-image-cloud-amd64\n  Depends: linux-image-6.1.0-50-cloud-amd64\n";
  assert.deepEqual(versionedKernelPackages(debian), ["linux-image-6.1.0-50-cloud-amd64"]);
  const ubuntu = `linux-image-6.8.0-31-generic
  Depends: kmod
  Depends: linux-base
  Depends: linux-modules-6.8.0-31-generic
 |Recommends: grub-pc
  Suggests: linux-headers-6.8.0-31-generic
`;
  assert.deepEqual(versionedKernelPackages(ubuntu), ["linux-modules-6.8.0-31-generic"]);
});
