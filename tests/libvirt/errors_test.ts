import assert from "node:assert/strict";
import { Connection, ErrorCode, LibvirtError } from "@/libvirt/mod.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";

const CONNECTIONS = 4;
const CALLS = 300;
const problem = await hypervisorProblem();
if (problem !== null) console.log(`skipped: errors of libvirt: ${problem}`);

/** Asks for names that nobody has; each error must name its own. Good calls in between must stay good. */
async function fails(connection: Connection, prefix: string): Promise<number> {
  let own = 0;
  await Promise.all(Array.from({ length: CALLS }, async (_, at) => {
    if (at % 5 === 0) await connection.libVersion();
    const name = `${prefix}-${at}`;
    const error = await connection.domainByName(name).catch((error) => error);
    assert.ok(error instanceof LibvirtError, `${name}: ${error}`);
    assert.equal(error.code, ErrorCode.noDomain);
    assert.ok(error.message.includes(`'${name}'`), `${name} got: ${error.message}`);
    own++;
  }));
  return own;
}

Deno.test({
  name: `errors of ${CONNECTIONS} connections at once reach the calls they belong to`,
  ignore: problem !== null,
  async fn() {
    const open = Array.from({ length: CONNECTIONS }, () => Connection.open(SYSTEM));
    const connections = await Promise.all(open);
    const counts = await Promise.all(
      connections.map((connection, at) => fails(connection, `vg-lv-nobody-${at}`)),
    );
    assert.deepEqual(counts, connections.map(() => CALLS));
    const results = await Promise.all(connections.map((connection) => connection.close()));
    assert.deepEqual(results, connections.map(() => 0));
  },
});
