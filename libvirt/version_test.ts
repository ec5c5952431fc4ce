import assert from "node:assert/strict";
import { libvirtVersion } from "./version.ts";

Deno.test("libvirtVersion is what virsh says of the same library", async () => {
  const { stdout } = await new Deno.Command("virsh", { args: ["--version"] }).output();
  assert.equal(libvirtVersion(), new TextDecoder().decode(stdout).trim());
});
