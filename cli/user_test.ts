import assert from "node:assert/strict";
import { Audit } from "@/services/audit/mod.ts";
import { Store } from "@/services/store/mod.ts";
import { Users } from "@/services/identity/users.ts";
import { PROGRAM } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** Runs `virtglass user ...` as a process, with `input` on its standard input. */
async function user(dataDir: string, args: string[], input = "") {
  const [program, ...rest] = PROGRAM;
  const child = new Deno.Command(program!, {
    args: [...rest, "user", ...args, "--data-dir", dataDir],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  // Who refuses the arguments does not read the password.
  await writer.write(new TextEncoder().encode(input)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("virtglass user adds, lists, changes and removes a user", async () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const users = new Users(store, new Audit(store, folder.path, 365));
  const stdin = "--password-stdin";

  const added = await user(folder.path, ["add", "alice", "--role=operator", stdin], "first pass\n");
  assert.deepEqual(added, { code: 0, out: 'User "alice" (operator) added.\n', err: "" });
  assert.deepEqual({ ...await users.verify("alice", "first pass") }, {
    name: "alice",
    role: "operator",
  });

  const listed = await user(folder.path, ["list"]);
  assert.match(listed.out, /^alice +operator +since \d{4}-\d\d-\d\d\n$/);

  const changed = await user(folder.path, ["passwd", "alice", stdin], "second pass\r\n");
  assert.equal(changed.code, 0, changed.err);
  assert.equal(await users.verify("alice", "first pass"), null);
  assert.ok(await users.verify("alice", "second pass"));

  const removed = await user(folder.path, ["remove", "alice"]);
  assert.deepEqual(removed, { code: 0, out: 'User "alice" removed.\n', err: "" });
  assert.deepEqual(users.list(), []);
});

Deno.test("virtglass user gives a role, grants and disables, and keeps the last admin", async () => {
  using folder = temporaryFolder();
  const stdin = "--password-stdin";
  const say = async (args: string[], input = "") => {
    const { code, out, err } = await user(folder.path, args, input);
    return [code, out + err];
  };
  await say(["add", "root", "--role", "admin", stdin], "correct horse 42");
  await say(["add", "vera", stdin], "correct horse 42");
  assert.deepEqual(await say(["role", "vera", "operator"]), [
    0,
    'User "vera" is operator on all VMs.\n',
  ]);
  const grant = ["grant", "vera", "test", "operator", "--connect", "test:///default"];
  assert.deepEqual(await say(grant), [
    0,
    'User "vera" is operator on VM "test", of single VMs alone.\n',
  ]);
  assert.match(String((await say(["list"]))[1]), /^vera +- +since [\d-]+: operator on "test"$/m);
  assert.deepEqual(await say(["grant", "vera", "web9", "viewer", "--connect", "test:///default"]), [
    1,
    'virtglass: There is no VM "web9" at test:///default.\n',
  ]);
  // By its UUID, as libvirt takes it.
  assert.deepEqual(await say(["revoke", "vera", "6695EB01-F6A4-8304-79AA-97F2502E193F"]), [
    0,
    'User "vera" may do nothing on VM "test" any more.\n',
  ]);
  assert.deepEqual(await say(["revoke", "vera", "test"]), [
    1,
    'virtglass: User "vera" has no grant on VM "test".\n',
  ]);
  assert.equal((await say(["disable", "vera"]))[0], 0);
  assert.match(String((await say(["list"]))[1]), /^vera +- +since [\d-]+, disabled$/m);
  assert.deepEqual(await say(["enable", "vera"]), [0, 'User "vera" may sign in again.\n']);
  const last = "virtglass: Nobody would be left who may change users: make another admin first.\n";
  for (const args of [["remove", "root"], ["disable", "root"], ["role", "root", "viewer"]]) {
    assert.deepEqual(await say(args), [1, last], args.join(" "));
  }
});

const SAY =
  "Say: virtglass user add|list|passwd|remove|disable|enable|role|grant|revoke|reset-2fa; virtglass user --help tells more.";

const REFUSED: [args: string[], input: string, code: number, err: string][] = [
  [[], "", 2, SAY],
  [["delete", "alice"], "", 2, SAY],
  [["add", "a", "b"], "", 2, '"b" is one too many. Say: virtglass user add NAME'],
  [["add"], "", 2, "user add needs a NAME."],
  [["add", "a", "--role", "root"], "", 2, '--role is admin, operator or viewer, not "root".'],
  [["add", "a", "--rolle=x"], "", 2, "Unknown flag --rolle. Did you mean --role?"],
  [["add", "a"], "", 2, "There is no terminal to ask for a password: use --password-stdin."],
  [
    ["add", "a", "--password-stdin"],
    "short",
    1,
    "A password has 8 to 1024 characters; this one has 5.",
  ],
  [["role", "a"], "", 2, "user role a needs a ROLE."],
  [["role", "a", "root"], "", 2, 'ROLE is admin, operator or viewer, not "root".'],
  [["grant", "a"], "", 2, "user grant a needs a VM."],
  [["disable", "bob"], "", 1, 'There is no user "bob".'],
  [["remove", "bob"], "", 1, 'There is no user "bob".'],
  [["passwd", "bob", "--password-stdin"], "long enough", 1, 'There is no user "bob".'],
];
for (const [args, input, code, err] of REFUSED) {
  Deno.test(`virtglass user ${args.join(" ")}: exit ${code}, ${err}`, async () => {
    using folder = temporaryFolder();
    const expected = { code, out: "", err: `virtglass: ${err}\n` };
    assert.deepEqual(await user(folder.path, args, input), expected);
  });
}
