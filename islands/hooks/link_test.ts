import assert from "node:assert/strict";
import { refusal } from "@/islands/hooks/link.ts";

Deno.test("refusal is final where the same question would be refused again, and nowhere else", async () => {
  let status = 0;
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response("no", { status, headers: { location: "/login" } }),
  );
  const address = `http://127.0.0.1:${server.addr.port}/api/v1/vms/web1`;
  const codeOf = async (answer: number) => {
    status = answer;
    return (await refusal(address))?.code ?? null;
  };
  for (const [answer, code] of [[401, 4401], [403, 4403], [404, 4404]] as const) {
    assert.equal(await codeOf(answer), code);
  }
  // Libvirt is not there yet, or too many ask, or a proxy stands before a server that restarts.
  for (const answer of [200, 302, 429, 500, 502, 503, 504]) {
    assert.equal(await codeOf(answer), null);
  }
});

Deno.test("refusal is not final where nobody answers", async () => {
  const nobody = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = nobody.addr;
  nobody.close();
  assert.equal(await refusal(`http://127.0.0.1:${port}/`), null);
});
