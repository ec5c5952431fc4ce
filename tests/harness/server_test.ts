import assert from "node:assert/strict";
import { Server } from "./server.ts";

Deno.test("Server starts on a port of its own, signs in, and ends with its data folder", async () => {
  let dataDir: string;
  {
    await using server = await Server.start({ connect: "test:///default" });
    ({ dataDir } = server);
    const answer = await server.fetch("/api/v1/vms");
    assert.equal(answer.status, 200);
    await answer.body?.cancel();
    using socket = await server.socket("/ws/vms/test");
    const { data } = await socket.next("status");
    assert.equal(data.status, "running");
  }
  await assert.rejects(Deno.stat(dataDir), Deno.errors.NotFound);
});
