import assert from "node:assert/strict";
import { Problem, Recording } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { Server } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { domainXML, hostFile } from "@/tests/services/test_host.ts";

const UNKNOWN = "00000000-0000-4000-8000-000000000000";

Deno.test("recordings over REST", async (t) => {
  using folder = temporaryFolder();
  const inside = "<devices><console type='pty'/></devices>";
  const connect = hostFile(folder.path, domainXML("wéb 1", inside), domainXML("mute"));
  await using server = await Server.start({ connect });
  const operator = await server.user("olga", "operator");
  const viewer = await server.user("vera", "viewer");
  const vm = `/api/v1/vms/${encodeURIComponent("wéb 1")}/recordings`;
  const ask = (method: string, path: string, token?: string) =>
    server.fetch(path, token === undefined ? { method } : { method, token });
  let id = "";

  await t.step("a viewer starts none", async () => {
    assert.deepEqual(await problem(await ask("POST", vm, viewer)), [403, "FORBIDDEN"]);
    assert.deepEqual(await server.json("/api/v1/recordings"), []);
  });

  await t.step("an operator starts one, and no second of the same VM", async () => {
    const response = await ask("POST", vm, operator);
    assert.equal(response.status, 201);
    const recording = Recording.parse(await response.json());
    ({ id } = recording);
    assert.equal(response.headers.get("location"), `/api/v1/recordings/${id}`);
    assert.deepEqual([recording.startedBy, recording.vm, recording.endedAt], [
      "olga",
      "wéb 1",
      null,
    ]);
    assert.deepEqual(await problem(await ask("POST", vm, operator)), [409, "CONFLICT"]);
    const mute = await ask("POST", "/api/v1/vms/mute/recordings", operator);
    assert.deepEqual(await problem(mute), [503, "CONSOLE_UNAVAILABLE"]);
  });

  await t.step("a viewer lists it, reads of it, and downloads it while it runs", async () => {
    for (const path of ["/api/v1/recordings", vm, "/api/v1/recordings?vm=w%C3%A9b%201"]) {
      const list = z.array(Recording).parse(await (await ask("GET", path, viewer)).json());
      assert.deepEqual(list.map((one) => one.id), [id], path);
    }
    assert.deepEqual(await server.json("/api/v1/recordings?vm=other"), []);
    assert.deepEqual(await server.json("/api/v1/vms/mute/recordings"), []);
    const one = Recording.parse(
      await (await ask("GET", `/api/v1/recordings/${id}`, viewer)).json(),
    );
    assert.equal(one.id, id);
    const cast = await ask("GET", `/api/v1/recordings/${id}/cast`, viewer);
    assert.equal(cast.headers.get("content-type"), "application/x-asciicast");
    assert.match(
      cast.headers.get("content-disposition") ?? "",
      /^attachment; filename="w_b 1 .+Z\.cast"; filename\*=UTF-8''w%C3%A9b%201%20.+Z\.cast$/,
    );
    const text = await cast.text();
    assert.equal(Number(cast.headers.get("content-length")), new TextEncoder().encode(text).length);
    assert.deepEqual(JSON.parse(text.split("\n")[0]!).title, "wéb 1");
  });

  await t.step("HEAD tells its size and leaves nothing open", async () => {
    const head = await ask("HEAD", `/api/v1/recordings/${id}/cast`, viewer);
    assert.equal(head.status, 200);
    assert.ok(Number(head.headers.get("content-length")) > 0);
    assert.equal(await head.text(), "");
  });

  await t.step(
    "a viewer neither stops nor deletes it, an operator does not delete it",
    async () => {
      const stop = `/api/v1/recordings/${id}/stop`;
      const one = `/api/v1/recordings/${id}`;
      assert.deepEqual(await problem(await ask("POST", stop, viewer)), [403, "FORBIDDEN"]);
      assert.deepEqual(await problem(await ask("DELETE", one, viewer)), [403, "FORBIDDEN"]);
      assert.deepEqual(await problem(await ask("DELETE", one, operator)), [403, "FORBIDDEN"]);
      assert.deepEqual(await problem(await ask("DELETE", one)), [409, "CONFLICT"]);
    },
  );

  await t.step("an operator stops it, an admin deletes it", async () => {
    const stopped = await ask("POST", `/api/v1/recordings/${id}/stop`, operator);
    assert.equal(Recording.parse(await stopped.json()).ended, "Stopped by olga.");
    const deleted = await ask("DELETE", `/api/v1/recordings/${id}`);
    assert.deepEqual([deleted.status, await deleted.text()], [204, ""]);
    const gone = await ask("GET", `/api/v1/recordings/${id}`);
    assert.deepEqual(await problem(gone), [404, "NOT_FOUND"]);
    assert.deepEqual([...Deno.readDirSync(`${server.dataDir}/recordings`)], []);
  });

  for (const bad of [UNKNOWN, "..%2F..%2Fvirtglass.db", "%00", "recordings"]) {
    await t.step(`there is no recording ${bad}`, async () => {
      for (const end of ["", "/cast"]) {
        const response = await ask("GET", `/api/v1/recordings/${bad}${end}`);
        assert.deepEqual(await problem(response), [404, "NOT_FOUND"]);
      }
    });
  }

  await t.step("without a token there is nothing", async () => {
    for (const path of ["/api/v1/recordings", `/api/v1/recordings/${UNKNOWN}/cast`]) {
      const response = await server.fetch(path, { token: null });
      assert.deepEqual(await problem(response), [401, "UNAUTHENTICATED"]);
    }
  });

  await t.step("the server ends with one that runs", async () => {
    assert.equal((await ask("POST", vm, operator)).status, 201);
    const { code, took } = await server.stop();
    assert.equal(code, 0);
    assert.ok(took < 5_000, String(took));
  });
});

/** Status and code of a response that must be a problem document. */
async function problem(response: Response): Promise<[number, string]> {
  const { status, code } = Problem.parse(await response.json());
  assert.equal(status, response.status);
  return [status, code];
}
