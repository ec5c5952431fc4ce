import assert from "node:assert/strict";
import { processRSS } from "@/tests/bench/process_memory.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";

const MIB = 1024 * 1024;

/** Signs in `times` times, three at once: each takes 8 MiB for as long as the password is hashed. */
async function signIn({ url }: Server, times: number): Promise<void> {
  for (let left = times; left > 0; left -= 3) {
    await Promise.all(Array.from({ length: Math.min(3, left) }, async () => {
      const response = await fetch(`${url}/api/v1/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(ADMIN),
      });
      assert.equal(response.status, 200, await response.text());
    }));
  }
}

Deno.test("frugalMalloc: a dozen sign-ins leave no memory behind", async () => {
  await using server = await Server.start({ connect: "test:///default" });
  const before = processRSS(server.pid);
  await signIn(server, 12);
  const grown = (processRSS(server.pid) - before) / MIB;
  assert.ok(grown < 24, `${grown.toFixed(1)} MiB more than before`);
});
