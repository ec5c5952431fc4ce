import assert from "node:assert/strict";
import { lock, tryLock } from "./lock.ts";

Deno.test("tryLock gives null while another holds the lock, and the lock after", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/new/lock`;
  {
    using _held = await lock(path);
    assert.equal(await tryLock(path), null);
  }
  {
    using again = await tryLock(path);
    assert.notEqual(again, null);
  }
  await Deno.remove(folder, { recursive: true });
});
