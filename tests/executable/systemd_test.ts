import assert from "node:assert/strict";
import { makePackage } from "@/tasks/deb/package.ts";
import { hasProgram, run } from "@/cli/run.ts";
import { freePort } from "@/tests/bench/port.ts";
import { BootedRoot } from "@/tests/harness/booted_root.ts";
import { BootedService } from "@/tests/harness/booted_service.ts";
import { executable, executableProblem } from "@/tests/harness/executable.ts";
import type { TestSocket } from "@/tests/harness/socket.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const problem = executableProblem() ?? await BootedRoot.problem() ??
  (await hasProgram("dpkg-deb") ? null : "dpkg-deb is not installed");
if (problem) console.log(`skipped: the service under a systemd that runs: ${problem}`);
const lintian = await hasProgram("lintian");
if (!lintian) console.log("skipped: what lintian says of the package: lintian is not installed");

const DATA = "/var/lib/virtglass";
const SETTINGS = "/etc/default/virtglass";
const PASSWORD = "a long password of yours";

/** What dpkg, shadow, libvirt and systemd write for themselves. */
const BOOKS = new RegExp([
  String.raw`^/etc/(\.pwd\.lock|machine-id|(passwd|group|g?shadow|sub[ug]id)-?)$`,
  "^/var/(lib/(dpkg|libvirt|systemd/(catalog|random-seed|tim))|log|cache)",
  "^/(root|run|tmp)/",
].join("|"));

Deno.test({
  name: "under a systemd that runs: the Debian package, and the executable that installs itself",
  ignore: problem !== null,
  async fn(t) {
    using folder = temporaryFolder();
    const program = await executable();
    const file = await makePackage(program, folder.path);
    // It takes as long as most of the steps, and needs nothing of them.
    const judged = lintian ? judge(file) : null;
    const port = freePort();
    await using machine = await BootedRoot.boot(async (root) => {
      await Deno.copyFile(file, root.path("/root/virtglass.deb"));
      await Deno.copyFile(program, root.path("/root/virtglass"));
      await Deno.writeTextFile(
        root.path(SETTINGS),
        `VIRTGLASS_LISTEN=127.0.0.1:${port}\n`,
      );
      await Deno.writeTextFile(root.path("/etc/virtglass.toml"), `listen = "127.0.0.1:${port}"\n`);
      // Containers have one that keeps packages from starting anything.
      await root.run("rm", "--force", "/usr/sbin/policy-rc.d");
      // Reading every manual page anew takes longer than all else here.
      await root.run("rm", "--force", "/var/lib/man-db/auto-update");
      // This machine's own guests and networks are none of that one's.
      await root.run("mount", "-t", "tmpfs", "none", "/etc/libvirt/qemu");
    });
    const { root } = machine;
    const installItself = () => machine.run("/root/virtglass", "service", "install");
    const install = () =>
      machine.run("dpkg", "--force-unsafe-io", "--install", "/root/virtglass.deb");
    const service = new BootedService(machine, `http://127.0.0.1:${port}`);
    const before = await root.changed(BOOKS);
    /** What is there now and was not: the data of the service, and everything else. */
    const left = async () => {
      const paths = (await root.changed(BOOKS)).filter((path) => !before.includes(path));
      const isData = (path: string) => path === DATA || path.startsWith(`${DATA}/`);
      return { data: paths.filter(isData), else: paths.filter((path) => !isData(path)) };
    };

    await t.step("it is ready when dpkg says so, and reaches libvirt as its own user", async () => {
      await install();
      assert.equal(await service.property("ActiveState"), "active");
      assert.equal(await service.property("NotifyAccess"), "main");
      assert.equal(await service.property("WatchdogUSec"), "30s");
      assert.match(await machine.run("id", "virtglass"), /\(libvirt\)/);
      assert.equal(await service.user(), "virtglass");
      await eventually(() => service.answers("/readyz"), { for: "libvirt's answer" });
    });

    await t.step("the executable installs no service beside the package's", async () => {
      await assert.rejects(installItself(), /package/);
      assert.match(await service.property("FragmentPath"), /^\/(usr\/)?lib\//);
    });

    await t.step("systemd counts at most 2.0 of 10", async () => {
      await machine.run("systemd-analyze", "security", "--threshold=20", "virtglass.service");
    });

    let socket: TestSocket;
    await t.step("somebody may sign in, and watches", async () => {
      const add = `printf '%s' '${PASSWORD}' | virtglass user add alice --role admin`;
      await machine.run("sh", "-c", `${add} --password-stdin --data-dir ${DATA}`);
      socket = await service.watch("alice", PASSWORD);
    });

    await t.step("an upgrade tells sockets to come again, and serves the same data", async () => {
      const old = await service.property("MainPID");
      await install();
      const { code, reason } = await socket.closed;
      assert.deepEqual([code, /reconnect/.test(reason)], [1001, true], reason);
      assert.equal(await service.property("ActiveState"), "active");
      assert.notEqual(await service.property("MainPID"), old);
      using _again = await service.watch("alice", PASSWORD);
    });

    await t.step("one that hangs is ended and started anew", async () => {
      const limit = "[Service]\nWatchdogSec=2\nRestartSec=0\n";
      await machine.run("mkdir", "/run/systemd/system/virtglass.service.d");
      const dropIn = "/run/systemd/system/virtglass.service.d/limit.conf";
      await machine.run("sh", "-c", `printf '${limit}' >${dropIn}`);
      await machine.run("systemctl", "daemon-reload");
      await machine.run("systemctl", "restart", "virtglass");
      const old = await service.property("MainPID");
      await machine.run("kill", "-STOP", old);
      await eventually(async () => await service.property("NRestarts") === "1", {
        for: "a new start by the watchdog",
        deadline: 20_000,
        every: 200,
      });
      await eventually(() => service.answers("/healthz"), { for: "the new one", deadline: 20_000 });
      assert.notEqual(await service.property("MainPID"), old);
    });

    await t.step("settings that cannot be end it, once", async () => {
      await machine.run("sh", "-c", `echo VIRTGLASS_LISTEN=nowhere >${SETTINGS}`);
      await assert.rejects(machine.run("systemctl", "restart", "virtglass"));
      assert.deepEqual(
        [await service.property("ActiveState"), await service.property("ExecMainStatus")],
        ["failed", "2"],
      );
      assert.match(
        await machine.run("journalctl", "--unit=virtglass", "--output=cat", "--no-pager"),
        /"nowhere" is not HOST:PORT/,
      );
    });

    await t.step("a purge leaves the data, as root's, and nothing else", async () => {
      await machine.run("dpkg", "--force-unsafe-io", "--purge", "virtglass");
      await leavesDataAlone();
    });

    await t.step("the executable installs itself, and serves what is there", async () => {
      await machine.run("rm", "--recursive", "/run/systemd/system/virtglass.service.d");
      await machine.run("rm", SETTINGS);
      await machine.run("sh", "-c", `echo 'VIRTGLASS_CONFIG=/etc/virtglass.toml' >>${SETTINGS}`);
      assert.match(await installItself(), /^virtglass is installed: /);
      assert.equal(await service.property("ActiveState"), "active");
      assert.match(await machine.run("systemctl", "is-enabled", "virtglass"), /^enabled$/m);
      assert.equal(await service.user(), "virtglass");
      await eventually(() => service.answers("/readyz"), { for: "libvirt's answer" });
      socket = await service.watch("alice", PASSWORD);
    });

    await t.step("a second time it upgrades: sockets are told to come again", async () => {
      const old = await service.property("MainPID");
      assert.match(await installItself(), /^virtglass is upgraded: /);
      const { code, reason } = await socket.closed;
      assert.deepEqual([code, /reconnect/.test(reason)], [1001, true], reason);
      assert.equal(await service.property("ActiveState"), "active");
      assert.notEqual(await service.property("MainPID"), old);
      using _again = await service.watch("alice", PASSWORD);
    });

    await t.step("uninstalled it leaves the data, as root's, and nothing else", async () => {
      await machine.run("virtglass", "service", "uninstall");
      assert.deepEqual(
        [await service.property("LoadState"), await service.property("ActiveState")],
        ["not-found", "inactive"],
      );
      await leavesDataAlone();
    });

    await t.step({
      name: "lintian is content with the package",
      ignore: !lintian,
      fn: async () => assert.equal(await judged, ""),
    });

    async function leavesDataAlone(): Promise<void> {
      const { data, else: other } = await left();
      assert.deepEqual(other, []);
      assert.ok(data.includes(`${DATA}/virtglass.db`), data.join());
      assert.match(await machine.run("stat", "--format=%U %a", DATA), /^root 700$/m);
      for (const list of ["passwd", "group"]) {
        await assert.rejects(machine.run("getent", list, "virtglass"));
      }
    }
  },
});

/** What lintian has against a package: nothing when it is content. */
async function judge(file: string): Promise<string> {
  // Words that are spelled wrong are no errors, and looking for them in Deno takes half of the time.
  const args = ["--fail-on", "error,warning", "--dont-check-part", "binaries/spelling", file];
  return await run("lintian", args).then(() => "", (error: Error) => error.message);
}
