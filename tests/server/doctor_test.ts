import assert from "node:assert/strict";
import { daemonOf, libraryOf, qemu } from "@/cli/doctor/libvirt.ts";
import { clockOf } from "@/cli/doctor/machine.ts";
import { AS_SERVICE } from "@/cli/doctor/service.ts";
import { isOlder } from "@/cli/doctor/versions.ts";
import { MIGRATIONS } from "@/services/store/migrations.ts";
import { CommandFailed, hasProgram, run } from "@/cli/run.ts";
import { freePort } from "@/tests/bench/port.ts";
import { dataDirWithAdmin } from "@/tests/harness/data_dir.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { PROGRAM, Server, virtglass } from "@/tests/harness/server.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { DatabaseSync } from "node:sqlite";

interface Finding {
  of: string;
  state: "ok" | "warning" | "failure";
  says: string;
  remedy?: string;
}

const root = Deno.uid() === 0;
if (!root) console.log("skipped: doctor: most of what it finds can be brought about by root alone");

/**
 * What `virtglass doctor` finds, and how it ends. `world` is a shell script that changes what it sees,
 * in a mount namespace of its own, with the data folder as $1; `through` what starts it there.
 */
async function doctor(
  { args = [], world, through = [], dataDir, env = {} }: {
    args?: string[];
    world?: string;
    through?: string[];
    dataDir?: string;
    env?: Record<string, string>;
  },
): Promise<{ code: number; findings: Finding[] }> {
  using folder = temporaryFolder();
  const data = dataDir ?? `${folder.path}/data`;
  const command = [
    ...through,
    ...[...PROGRAM, "doctor", "--json", "--data-dir", data],
    ...(args.some((arg) => arg.startsWith("--connect")) ? [] : ["--connect=test:///default"]),
    ...(args.some((arg) => arg.startsWith("--listen")) ? [] : ["--listen=127.0.0.1:0"]),
    ...args,
  ];
  const [program, ...rest] = world === undefined
    ? command
    : ["unshare", "--mount", "sh", "-ec", `${world}; shift; exec "$@"`, "sh", data, ...command];
  try {
    return { code: 0, findings: JSON.parse(await run(program!, rest, { env })) };
  } catch (error) {
    if (!(error instanceof CommandFailed) || error.stderr !== "") throw error;
    return { code: error.code, findings: JSON.parse(error.stdout) };
  }
}

/** The finding must be this one, and what the program ends with must fit it. */
function expect(
  { code, findings }: { code: number; findings: Finding[] },
  of: string,
  state: Finding["state"],
  says: RegExp,
  remedy?: RegExp,
): void {
  const found = findings.filter((finding) => finding.of === of);
  assert.equal(found.length, 1, JSON.stringify(findings, null, 1));
  assert.equal(found[0]!.state, state, found[0]!.says);
  assert.match(found[0]!.says, says);
  if (remedy) assert.match(found[0]!.remedy ?? "", remedy);
  if (state !== "ok") assert.ok(found[0]!.remedy, "a remedy");
  assert.equal(code, findings.some(({ state }) => state === "failure") ? 1 : 0);
}

type Case = [
  what: string,
  given: Parameters<typeof doctor>[0],
  of: string,
  state: Finding["state"],
  says: RegExp,
  remedy?: RegExp,
];

/** Root who may not do what root may, as any user before what is not theirs. */
const POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];
const HIDE = `for lib in $(ldconfig -p | sed -n 's/.*libvirt\\.so\\.0 .*=> //p'); do
  mount --bind`;

const CASES: Case[] = [
  [
    "no libvirt library",
    { world: `${HIDE} /dev/null $lib; done` },
    ...[
      "libvirt library",
      "failure",
      /cannot be loaded/,
      /apt-get install libvirt0/,
    ] as const,
  ],
  [
    "a libvirt library without our functions",
    { world: `${HIDE} $(ldconfig -p | sed -n 's/.*libm\\.so\\.6 .*=> //p' | head -1) $lib; done` },
    "libvirt library",
    "failure",
    /is too old: it has no \w+.* 6\.1\.0 or newer/,
  ],
  [
    "libvirtd down",
    { args: ["--connect=qemu+unix:///system?socket=/tmp/no-such-socket"] },
    "libvirt daemon",
    "failure",
    /Cannot connect/,
    /systemctl start libvirtd/,
  ],
  ["another driver than QEMU", {}, "hypervisor", "warning", /TEST/, /qemu:\/\/\/system/],
  [
    "a data folder that is read-only",
    { world: "mkdir $1; mount -t tmpfs -o ro,mode=700 none $1" },
    "data folder",
    "failure",
    /read-only/,
    /remount,rw/,
  ],
  [
    "a data folder without permission",
    { world: "mkdir $1; chown 65534:65534 $1; chmod 700 $1", through: POWERLESS },
    "data folder",
    "failure",
    /no permission/,
    /or: sudo chown -R "\$\(id -un\)" '\S+\/data'; or/,
  ],
  [
    "a folder of the system's instead of a data folder",
    { world: "mkdir -p $1/other; chown 65534:65534 $1; chmod 755 $1", through: POWERLESS },
    "data folder",
    "failure",
    /no permission/,
    /^choose another folder with --data-dir$/,
  ],
  [
    "a data folder in one that this user may not enter",
    { world: "chown 65534:65534 ${1%/data}; chmod 700 ${1%/data}", through: POWERLESS },
    "data folder",
    "failure",
    /cannot be made in/,
    /^choose another folder with --data-dir$/,
  ],
  [
    "a data folder below a file",
    { dataDir: "/etc/passwd/virtglass" },
    "data folder",
    "failure",
    /^"\/etc\/passwd" is a file$/,
  ],
  [
    "a data folder that others may enter",
    { world: "mkdir -m 755 $1" },
    "data folder",
    "warning",
    /others than its owner/,
    /^chmod 700 '/,
  ],
  ["a data folder that is a file", { world: "touch $1" }, "data folder", "failure", /is a file/],
  [
    "a full disk",
    { world: "mkdir $1; mount -t tmpfs -o size=1m,mode=700 none $1" },
    "disk space",
    "failure",
    /^1 MiB free/,
  ],
  [
    "a disk with little room",
    { world: "mkdir $1; mount -t tmpfs -o size=64m,mode=700 none $1" },
    "disk space",
    "warning",
    /^64 MiB free/,
  ],
  [
    "a store that is none",
    { world: "mkdir -m 700 $1; yes no database | head -1000 > $1/virtglass.db" },
    "store",
    "failure",
    /not a database/,
    /backup/,
  ],
  ["nobody who may sign in", {}, "users", "warning", /nobody/, /user add NAME --role admin/],
  [
    "a port below 1024",
    {
      args: ["--listen=127.0.0.1:80"],
      world: "sysctl -q net.ipv4.ip_unprivileged_port_start=1024",
      through: ["unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh", ...POWERLESS],
    },
    "port",
    "failure",
    /ermission denied/,
    /above 1023/,
  ],
  [
    "an address of another machine",
    { args: ["--listen=192.0.2.1:8480"] },
    "port",
    "failure",
    /192\.0\.2\.1/,
    /ip address/,
  ],
  [
    "a certificate of its own making",
    { args: ["--listen=0.0.0.0:0"] },
    "TLS",
    "warning",
    /no browser trusts/,
    /--tls-cert/,
  ],
  [
    "a certificate that is not there",
    { args: ["--tls-cert=/no/cert.pem", "--tls-key=/no/key.pem"] },
    "certificate",
    "failure",
    /Cannot read "\/no\/cert\.pem"/,
  ],
  [
    "a machine without memory",
    { world: "echo 'MemAvailable:  102400 kB' > $1.mem; mount --bind $1.mem /proc/meminfo" },
    "memory",
    "warning",
    /^100 MiB/,
  ],
  [
    "few file descriptors",
    { through: ["prlimit", "--nofile=256:256"] },
    "file descriptors",
    "warning",
    /only 256/,
    /LimitNOFILE/,
  ],
  [
    "an empty data folder's place",
    {},
    "data folder",
    "ok",
    /will be made/,
  ],
];

for (const [what, given, ...expected] of CASES) {
  const ignore = !root && (given.world !== undefined || given.through === POWERLESS);
  Deno.test({ name: `virtglass doctor finds ${what}`, ignore }, async () => {
    expect(await doctor(given), ...expected);
  });
}

Deno.test({
  name:
    "virtglass doctor says how to make a data folder that is not there, and touches none above it",
  ignore: !root,
  async fn() {
    using folder = temporaryFolder();
    Deno.chownSync(folder.path, 65534, 65534);
    Deno.chmodSync(folder.path, 0o755);
    for (const dataDir of [`${folder.path}/data`, `${folder.path}/deep/down/data`]) {
      const given = { dataDir, through: POWERLESS };
      const found = await doctor(given);
      const says = /^"\S+\/data" cannot be made in "\S+": no permission to write there$/;
      expect(found, "data folder", "failure", says);
      const { remedy } = found.findings.find(({ of }) => of === "data folder")!;
      const make = `install -d -m 700 -o "$(id -un)" '${dataDir}'`;
      assert.equal(remedy, `sudo ${make}; or choose another folder with --data-dir`);
      await run("sh", ["-c", make]);
      expect(await doctor(given), "data folder", "ok", /^"\S+\/data"$/);
    }
    assert.equal(Deno.statSync(folder.path).uid, 65534);
  },
});

/** Where a server says that it listens, as an argument. */
const listenOf = ({ port }: { port: number | string }) => `--listen=127.0.0.1:${port}`;

Deno.test("virtglass doctor finds a port that is taken, but not by its own server", async (t) => {
  await t.step("by another program", async () => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const args = [listenOf(taken.addr)];
    expect(await doctor({ args }), "port", "failure", /taken by another/, /ss -ltnp/);
  });
  await using server = await Server.start({ connect: "test:///default" });
  const { dataDir } = server;
  await t.step("by its own", async () => {
    const found = await doctor({ args: [listenOf(new URL(server.url))], dataDir });
    expect(found, "port", "ok", /a virtglass server runs/);
    expect(found, "data folder", "ok", /in use by a server/);
    expect(found, "store", "ok", /whole/);
    expect(found, "users", "ok", /^1, of whom 1 admin$/);
  });
  const elsewhere = /^a server that runs uses "\S+", and does not answer on 127\.0\.0\.1 port \d+$/;
  await t.step("by none, while one that listens elsewhere uses the data folder", async () => {
    const found = await doctor({ dataDir });
    expect(found, "port", "ok", /is free/);
    expect(found, "data folder", "failure", elsewhere, /systemctl status virtglass.*--data-dir/);
  });
  for (const [what, answer] of FOREIGN) {
    await t.step(`by ${what}, while one that listens elsewhere uses the data folder`, async () => {
      await using foreign = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
      const found = await doctor({ args: [listenOf(foreign.addr)], dataDir });
      expect(found, "port", "failure", /not by what answers as virtglass does/, /ss -ltnp/);
      expect(found, "data folder", "failure", elsewhere);
    });
  }
  await t.step("by what says nothing, while one that listens elsewhere uses it", async () => {
    using mute = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const found = await doctor({ args: [listenOf(mute.addr)], dataDir });
    expect(found, "port", "failure", /not by what answers/);
    expect(found, "data folder", "failure", elsewhere);
  });
});

/** What other servers answer to whoever asks for /healthz. */
const FOREIGN: [what: string, answer: () => Response][] = [
  ["a page", () => new Response("<h1>It works!</h1>")],
  ["an error", () => Response.json({ status: "not found" }, { status: 404 })],
  [
    "an answer without an end",
    () =>
      new Response(
        new ReadableStream({ pull: (body) => body.enqueue(new Uint8Array(1024).fill(65)) }),
      ),
  ],
];

Deno.test("virtglass doctor knows its own server by TLS, and behind a proxy, too", async (t) => {
  const address = Deno.networkInterfaces()
    .find(({ family, address }) => family === "IPv4" && !address.startsWith("127."))?.address;
  for (
    const [what, listen, flags] of [
      ["a certificate of its own", "0.0.0.0", []],
      ["TLS on loopback", "127.0.0.1", ["--tls=on"]],
      ["plain HTTP for a proxy", address, ["--tls=off", "--trusted-proxies=192.0.2.1"]],
    ] as const
  ) {
    if (listen === undefined) {
      console.log("skipped: doctor: there is no network but loopback");
      continue;
    }
    await t.step(what, async () => {
      const dataDir = await dataDirWithAdmin("admin", "correct horse 42");
      const port = freePort();
      const args = [...flags, `--listen=${listen}:${port}`];
      try {
        // Nobody signs in: from that address only a proxy may.
        await using _server = await Server.start({
          connect: "test:///default",
          ...{ dataDir, admin: false, listen: `${listen}:${port}`, args: [...flags] },
        });
        const found = await doctor({ args, dataDir });
        expect(found, "port", "ok", /a virtglass server runs/);
        expect(found, "data folder", "ok", /in use by a server/);
      } finally {
        await Deno.remove(dataDir, { recursive: true });
      }
    });
  }
});

const service =
  "mount -t tmpfs none /etc/systemd/system; touch /etc/systemd/system/virtglass.service";

Deno.test({
  name: "virtglass doctor by root says how to see what the service sees, where there is one",
  ignore: !root,
  async fn() {
    expect(
      await doctor({ world: service }),
      "service",
      "warning",
      /as root/,
      /^systemd-run .*doctor$/,
    );
    const { findings } = await doctor({ world: "mount -t tmpfs none /etc/systemd/system" });
    assert.deepEqual(findings.filter(({ of }) => of === "service"), []);
    const page = await Deno.readTextFile(new URL("../../docs/OPERATIONS.md", import.meta.url));
    assert.ok(page.includes(`\n${AS_SERVICE}\n`), AS_SERVICE);
  },
});

Deno.test("virtglass doctor finds a store of a newer version, a damaged one, and one without an admin", async () => {
  using folder = temporaryFolder();
  Deno.chmodSync(folder.path, 0o700);
  const file = `${folder.path}/virtglass.db`;
  const dataDir = folder.path;
  await virtglass(
    ["user", "add", "alice", "--password-stdin", "--data-dir", dataDir],
    "correct horse 42",
  );
  expect(await doctor({ dataDir }), "users", "warning", /no admin/, /--role admin/);
  {
    using db = new DatabaseSync(file);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  }
  const before = Deno.readFileSync(file);
  expect(await doctor({ dataDir }), "store", "failure", /newer virtglass/, /Use that version/);
  assert.deepEqual(Deno.readFileSync(file), before);
  {
    using db = new DatabaseSync(file);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}; PRAGMA wal_checkpoint(TRUNCATE)`);
  }
  damage(file);
  expect(await doctor({ dataDir }), "store", "failure", /damaged|malformed/, /restore|backup/);
});

/** Writes over the second half of the file, and leaves its beginning, by which SQLite knows it. */
function damage(file: string): void {
  using opened = Deno.openSync(file, { write: true });
  const { size } = opened.statSync();
  opened.seekSync(size / 2, Deno.SeekMode.Start);
  opened.writeSync(new Uint8Array(size / 2).fill(0xa5));
}

const openssl = await hasProgram("openssl");
if (!openssl) console.log("skipped: doctor: certificates that expire are made with openssl");
const faketime = await hasProgram("faketime");
if (!faketime) console.log("skipped: doctor: clocks are set with faketime");

Deno.test({
  name: "virtglass doctor finds certificates that are unusable, expire soon, or have expired",
  ignore: !openssl || !faketime,
  async fn() {
    using folder = temporaryFolder();
    const [cert, key] = [`${folder.path}/cert.pem`, `${folder.path}/key.pem`];
    const make = async (days: number, ...through: string[]) => {
      const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
      const files = ["-nodes", "-keyout", key, "-out", cert, "-subj", "/CN=web1"];
      const [program, ...args] = [...through, "openssl", ...request, ...files];
      await run(program!, [...args, "-days", String(days)]);
    };
    const args = [`--tls-cert=${cert}`, `--tls-key=${key}`];
    await make(365);
    expect(await doctor({ args }), "certificate", "ok", /is good until \d{4}-/);
    await make(3);
    expect(await doctor({ args }), "certificate", "warning", /expires on/, /renew/);
    await make(3, "faketime", "-f", "-10d");
    expect(await doctor({ args }), "certificate", "failure", /expired on/, /renew/);
    await run("openssl", ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key]);
    expect(await doctor({ args }), "certificate", "failure", /no certificate with its key/);
    Deno.writeTextFileSync(cert, "no PEM");
    expect(await doctor({ args }), "certificate", "failure", /no certificate with its key/);
  },
});

Deno.test({
  name: "virtglass doctor finds a clock that was never set",
  ignore: !faketime,
  async fn() {
    const through = ["faketime", "-f", "@2001-01-01 00:00:00"];
    expect(await doctor({ through }), "clock", "warning", /2001-01-01/, /timedatectl/);
  },
});

Deno.test("virtglass doctor finds a QEMU that is old or missing", () => {
  assert.equal(qemu("7.2.22").state, "ok");
  assert.equal(qemu("10.0.0").state, "ok");
  assert.match(qemu("4.2.0").says, /older than/);
  assert.equal(qemu(null).state, "failure");
  assert.ok(isOlder("9.10.0", "10.0.0") && !isOlder("10.0.0", "9.10.0"));
});

Deno.test("virtglass doctor finds a libvirt that is old, or that is not the daemon's", () => {
  assert.equal(libraryOf("9.0.0").state, "ok");
  assert.equal(libraryOf("10.0.0").state, "ok");
  const old = libraryOf("8.10.0");
  assert.equal(old.state, "warning");
  assert.match(old.says, /^8\.10\.0 is older than 9\.0\.0/);
  assert.match(old.remedy!, /upgrade/);

  assert.equal(daemonOf("9.0.0", "9.0.0", "qemu:///system").state, "ok");
  for (const [daemon, library] of [["9.0.0", "10.0.0"], ["10.0.0", "9.0.0"]] as const) {
    const other = daemonOf(daemon, library, "qemu:///system");
    assert.equal(other.state, "warning");
    assert.equal(
      other.says,
      `${daemon} answers at qemu:///system, while the library here is ${library}`,
    );
    assert.match(other.remedy!, /systemctl restart libvirtd/);
  }
});

Deno.test("virtglass doctor finds a clock that nothing keeps right", () => {
  const now = new Date("2026-05-01T12:00:00Z");
  assert.match(clockOf(now, true).says, /, synchronised$/);
  // Where it may not be asked, as in a container, it is not said to be right.
  assert.match(clockOf(now, null).says, /cannot be told here$/);
  const adrift = clockOf(now, false);
  assert.equal(adrift.state, "warning");
  assert.match(adrift.says, /^it says 2026-05-01T12:00:00\.000Z, and nothing keeps it right/);
  assert.match(adrift.remedy!, /timedatectl/);
  assert.match(clockOf(new Date(0), true).says, /^it says 1970.*: certificates/);
});

const noLibvirtd = await PrivateLibvirtd.problem();
if (noLibvirtd) console.log(`skipped: doctor: ${noLibvirtd}`);

const VM = (name: string, devices: string) =>
  `<domain type='qemu'><name>${name}</name><memory>65536</memory>
   <os><type>hvm</type></os><devices>${devices}</devices></domain>`;

Deno.test({
  name:
    "virtglass doctor finds VMs without console and balloon, no virtlogd, no KVM, and a libvirtd that hangs",
  ignore: noLibvirtd !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    const args = [`--connect=${libvirtd.uri}`];
    for (
      const xml of [
        VM("one-bare", "<memballoon model='none'/>"),
        VM("one-full", "<console type='pty'/>"),
      ]
    ) {
      await run("virsh", ["--connect", libvirtd.uri, "define", "/dev/stdin"], { stdin: xml });
    }
    const found = await doctor({ args });
    expect(found, "consoles", "warning", /^"one-bare": no serial/, /virsh edit one-bare.*<console/);
    expect(found, "memory statistics", "warning", /^"one-bare": /, /<memballoon model='virtio'/);
    expect(found, "QEMU", "ok", /^\d+\.\d+/);
    const kvm = found.findings.find(({ of }) => of === "KVM")!;
    const there = await Deno.stat("/dev/kvm").then(() => true, () => false);
    assert.equal(kvm.state, there ? "ok" : "warning", kvm.says);

    libvirtd.freeze();
    expect(
      await doctor({ args }),
      "libvirt daemon",
      "failure",
      /does not answer/,
      /systemctl status/,
    );
    libvirtd.thaw();
  },
});

Deno.test({
  name: "virtglass doctor finds no virtlogd and no permission beside the machine's own libvirtd",
  ignore: !root || noLibvirtd !== null,
  async fn() {
    const args = ["--connect=qemu:///system"];
    const world = `mkdir $1.run; touch $1.run/libvirt-sock
      mount --bind /run/libvirt/libvirt-sock $1.run/libvirt-sock; mount --rbind $1.run /run/libvirt`;
    expect(await doctor({ args, world }), "virtlogd", "warning", /no .*virtlogd-sock/, /systemctl/);
    const denied = `mkdir -m 700 $1.run; chown 65534 $1.run; mount --bind $1.run /run/libvirt`;
    const found = await doctor({ args, world: denied, through: POWERLESS });
    expect(found, "libvirt daemon", "failure", /No permission/, /usermod -aG libvirt/);
  },
});

Deno.test("virtglass doctor writes a line for each finding, with its remedy below", async () => {
  using folder = temporaryFolder();
  const text = await virtglass(["doctor", "--connect=test:///default", "--data-dir", folder.path]);
  for (const line of text.trim().split("\n")) {
    assert.match(line, /^((ok|warning|failure) +\w[\w ]*: .+| {9}-> .+)$/);
  }
});
