import assert from "node:assert/strict";
import { statfsSync } from "node:fs";
import { HOST_TOPIC } from "@/services/host.ts";
import { within } from "@/tests/harness/wait.ts";
import { domainXML, hostFile, session, TestHost } from "@/tests/services/test_host.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

Deno.test("the host says how full the file system of its storage pools is", async () => {
  using folder = temporaryFolder();
  const pool = (name: string, path: string) =>
    `<pool type="dir"><name>${name}</name><target><path>${path}</path></target></pool>`;
  const uri = hostFile(
    folder.path,
    domainXML("web1"),
    pool("images", folder.path),
    pool("gone", `${folder.path}/gone`),
  );
  await using host = await TestHost.start({ uri });
  const { hub, host: service } = host.services;
  const known = Promise.withResolvers<void>();
  const look = () => service.snapshot(null).storage && known.resolve();
  hub.subscribe(HOST_TOPIC, { send: look });
  look();
  await within(10_000, "the storage", known.promise);
  const { storage } = service.snapshot(null);
  const { blocks, bfree, bavail, bsize } = statfsSync(folder.path);
  assert.equal(storage?.pool, "images");
  assert.equal(storage?.pools, 1);
  const slack = 2 * 1024 ** 3;
  assert.ok(Math.abs(storage!.used - (blocks - bfree) * bsize) < slack);
  assert.ok(Math.abs(storage!.total - (blocks - bfree + bavail) * bsize) < slack);

  const bob = session("viewer", "bob");
  const granted = { ...bob, user: { ...bob.user, role: null, grants: [] } };
  assert.equal(service.snapshot(granted as typeof bob).storage, null);
});
