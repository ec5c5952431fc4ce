import assert from "node:assert/strict";
import { CommandFailed } from "@/cli/run.ts";
import { SETTINGS } from "@/services/config/mod.ts";
import { makeSelfSigned } from "@/services/network/certificate.ts";
import { ADMIN, Server, virtglass } from "@/tests/harness/server.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** Exit code and stderr of a command line that must fail. */
async function failure(...args: string[]): Promise<[number, string]> {
  try {
    return assert.fail(`virtglass ${args.join(" ")} succeeded: ${await virtglass(args)}`);
  } catch (error) {
    if (error instanceof CommandFailed) return [error.code, error.stderr.trim()];
    throw error;
  }
}

for (
  const [args, message] of [
    [["explode"], /no command "explode"/],
    [["serve", "--lisen", "127.0.0.1:0"], /--lisen.*--listen/],
    [["serve", "--listen"], /--listen needs a value/],
    [["serve", "--listen", "localhost"], /"localhost" is not HOST:PORT/],
    [["serve", "--listen", "127.0.0.1:99999"], /is not HOST:PORT/],
    [["serve", "--log-format", "xml"], /--log-format.*json or pretty/],
    [["serve", "surplus"], /surplus/],
    [["user", "add", "x", "--role", "king"], /admin, operator or viewer/],
  ] as const
) {
  Deno.test(`virtglass ${args.join(" ")}: exit 2 and one line`, async () => {
    const [code, stderr] = await failure(...args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stderr.split("\n").length, 1, stderr);
  });
}

Deno.test("virtglass --version and --help answer on stdout", async () => {
  assert.match(await virtglass(["--version"]), /^virtglass \d+\.\d+\.\d+( \([\da-f]+\+?\))?\n$/);
  assert.match(await virtglass(["--help"]), /virtglass serve/);
  assert.match(await virtglass(["serve", "--help"]), /--connect URI/);
});

Deno.test("virtglass config check says whether a server could use this file", async () => {
  const file = await Deno.makeTempFile({ suffix: ".toml" });
  assert.equal(await virtglass(["config", "check", file]), `${file} is good.\n`);
  await Deno.writeTextFile(file, '[console]\nlinger = "long"\n');
  const [code, stderr] = await failure("config", "check", file);
  assert.deepEqual([code, stderr.includes("console.linger: is not a number")], [2, true], stderr);
  await Deno.remove(file);
});

/** A whole config file, but for the certificate. */
const OTHER_SETTINGS = `
connect = "qemu:///system"
listen = "0.0.0.0:8480"
data-dir = "/var/lib/virtglass"
tls = "on"
trusted-proxies = ["127.0.0.1", "10.0.0.0/8"]
allowed-hosts = ["vms.example.org"]
log-format = "json"

[console]
linger = 30
scrollback = 65536
capture = "always"

[commands]
timeout = 90

[sessions]
lifetime = 86400
idle = 3600

[auth]
query-token = "ticket"

[sockets]
heartbeat = 20

[limits]
sockets-per-user = 32
sockets-per-address = 128
connections-per-address = 256
requests = 50
messages = 50
messages-per-user = 500
commands = 30
console-bytes = 131072

[recordings]
auto = "all"
input = false
max-size = 1048576
max-age = 14
max-total = 1073741824

[audit]
retention = 90

[metrics]
access = "token"
`;

Deno.test("virtglass config check refuses a certificate that a server could not use", async (t) => {
  using folder = temporaryFolder();
  const file = `${folder.path}/virtglass.toml`;
  const [cert, key] = [`${folder.path}/cert.pem`, `${folder.path}/key.pem`];
  const pair = await makeSelfSigned(["localhost"], Date.now());
  const refused = async (says: RegExp) => {
    const [code, stderr] = await failure("config", "check", file);
    assert.equal(code, 2, stderr);
    assert.equal(stderr.split("\n").length, 1, stderr);
    assert.ok(stderr.includes(`${file}: tls-cert, tls-key: `), stderr);
    assert.match(stderr, says);
  };
  await Deno.writeTextFile(file, `tls-cert = "${cert}"\ntls-key = "${key}"\n`);
  await t.step("one that is not there", () => refused(/Cannot read ".*cert\.pem": No such file/));
  await t.step("one without its key", async () => {
    await Deno.writeTextFile(cert, pair.cert);
    await refused(/Cannot read ".*key\.pem": No such file/);
  });
  await t.step("one with the key of another", async () => {
    await Deno.writeTextFile(key, (await makeSelfSigned(["localhost"], Date.now())).key);
    await refused(/cert\.pem" and ".*key\.pem" are no certificate with its key/);
  });
  await t.step("and takes one with its own", async () => {
    await Deno.writeTextFile(key, pair.key);
    assert.equal(await virtglass(["config", "check", file]), `${file} is good.\n`);
  });
  await t.step("beside all other settings", async () => {
    await Deno.writeTextFile(file, `tls-cert = "${cert}"\ntls-key = "${key}"\n${OTHER_SETTINGS}`);
    const missing = SETTINGS.map(({ key }) => key.split(".").at(-1)!)
      .filter((name) => !new RegExp(`^${name} = `, "m").test(Deno.readTextFileSync(file)));
    assert.deepEqual(missing, []);
    assert.equal(await virtglass(["config", "check", file]), `${file} is good.\n`);
  });
  await t.step("makes no certificate where none is given, and no data folder", async () => {
    const dataDir = `${folder.path}/data`;
    await Deno.writeTextFile(file, `listen = "0.0.0.0:8480"\ndata-dir = "${dataDir}"\n`);
    assert.equal(await virtglass(["config", "check", file]), `${file} is good.\n`);
    await assert.rejects(Deno.stat(dataDir), Deno.errors.NotFound);
  });
});

Deno.test("serve refuses a port that is taken, in one line", async () => {
  const dataDir = await Deno.makeTempDir();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const listen = `127.0.0.1:${taken.addr.port}`;
  const [code, stderr] = await failure(
    ...["serve", "--connect", "test:///default", "--listen", listen, "--data-dir", dataDir],
  );
  // It may be free later: whatever starts services goes on trying, which it does not after 2.
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`^virtglass: .*Port ${taken.addr.port}.*taken.*--listen`));
  assert.equal(stderr.split("\n").length, 1, stderr);
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("serve refuses a data folder that another server uses, with the reason", async () => {
  await using server = await Server.start({ connect: "test:///default" });
  const [code, stderr] = await failure(
    ...["serve", "--connect", "test:///default", "--listen", "127.0.0.1:0"],
    ...["--data-dir", server.dataDir],
  );
  assert.equal(code, 1);
  assert.match(stderr.trim(), /^virtglass: Another virtglass server.*--data-dir\.$/);
  assert.ok(stderr.includes(`"${server.dataDir}"`), stderr);
  assert.equal((await server.fetch("/healthz")).status, 200);
});

Deno.test("serve ends within 5 s with exit 0 at SIGTERM and SIGINT, sockets closed with 1001", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    await using server = await Server.start({ connect: "test:///default" });
    const socket = await server.socket("/ws/vms/test");
    await socket.next("status");
    // A connection that is kept alive, and never used again.
    await (await fetch(`${server.url}/healthz`)).body?.cancel();
    const { code, took } = await server.stop(signal);
    assert.equal(code, 0, signal);
    assert.ok(took < 5_000, `${signal} took ${took} ms`);
    assert.equal((await socket.closed).code, 1001);
  }
});

Deno.test("a user added while the server runs may sign in", async () => {
  await using server = await Server.start({ connect: "test:///default" });
  const token = await server.user("late", "viewer");
  const me = await (await server.fetch("/api/v1/auth/me", { token })).json();
  assert.deepEqual(me, { name: "late", role: "viewer" });
  await virtglass(["user", "remove", "late", "--data-dir", server.dataDir]);
  const refused = async () => {
    const gone = await server.fetch("/api/v1/auth/me", { token });
    await gone.body?.cancel();
    return gone.status === 401;
  };
  // For 50 ms another process's change may be unknown.
  await eventually(refused, { for: "the token to be refused" });
  await assert.rejects(server.login("late", ADMIN.password), /401/);
});
