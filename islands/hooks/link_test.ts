import assert from "node:assert/strict";
import { refusal } from "@/islands/hooks/link.ts";

Deno.test("refusal is final where the same question would be refused again, and nowhere else", async () => {
  let status = 0;
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response("no", { status, headers: { location: "/login" } }),
  );
  const address = `http://127.0.0.1:${server.addr.port}/api/v1/vms/web1`;
  const code = async (of: number) => {
    status = of;
    const over = await refusal(address);
    return over?.kind === "ended" ? over.code : null;
  };
  for (const [of, expected] of [[401, 4401], [403, 4403], [404, 4404]] as const) {
    assert.equal(await code(of), expected);
  }
  // Libvirt is not there yet, or too many ask, or a proxy stands before a server that restarts.
  for (const  of of[200, 302, 429, 500, 502, 503, 504]) assert.equal(await code(of), null);
});

Deno.test("refusal is not final where nobody answers", async () => {
  const nobody = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = nobody.addr;
  nobody.close();
  assert.equal(await refusal(`http://127.0.0.1:${port}/`), null);
});
