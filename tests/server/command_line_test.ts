import assert from "node:assert/strict";
import { CommandFailed } from "@/cli/run.ts";
import { ADMIN, Server, virtglass } from "@/tests/harness/server.ts";

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

Deno.test("serve refuses a port that is taken, in one line", async () => {
  const dataDir = await Deno.makeTempDir();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const listen = `127.0.0.1:${taken.addr.port}`;
  const [code, stderr] = await failure(
    ...["serve", "--connect", "test:///default", "--listen", listen, "--data-dir", dataDir],
  );
  assert.equal(code, 2);
  assert.match(lastLine(stderr), new RegExp(`Port ${taken.addr.port}.*taken.*--listen`));
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
  const gone = await server.fetch("/api/v1/auth/me", { token });
  assert.equal(gone.status, 401);
  await gone.body?.cancel();
  await assert.rejects(server.login("late", ADMIN.password), /401/);
});

const lastLine = (text: string) => text.split("\n").at(-1) ?? "";
