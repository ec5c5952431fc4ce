import assert from "node:assert/strict";
import { makePackage } from "@/tasks/deb/package.ts";
import { hasProgram } from "@/cli/run.ts";
import { freePort } from "@/tests/bench/port.ts";
import { BootedRoot } from "@/tests/harness/booted_root.ts";
import { executable, executableProblem } from "@/tests/harness/executable.ts";
import { TestSocket } from "@/tests/harness/socket.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const problem = executableProblem() ?? await BootedRoot.problem() ??
  (await hasProgram("dpkg-deb") ? null : "dpkg-deb is not installed");
if (problem) console.log(`skipped: the service under a systemd that runs: ${problem}`);

const DATA = "/var/lib/virtglass";
const PASSWORD = "a long password of yours";

/** What dpkg, shadow, libvirt and systemd write for themselves. */
const BOOKS = new RegExp([
  String.raw`^/etc/(\.pwd\.lock|machine-id|(passwd|group|g?shadow|sub[ug]id)-?)$`,
  "^/var/(lib/(dpkg|libvirt|systemd/(catalog|random-seed|tim))|log|cache)",
  "^/(root|run|tmp)/",
].join("|"));

Deno.test({
  name: "the Debian package under a systemd that runs: start, watchdog, upgrade, purge",
  ignore: problem !== null,
  async fn(t) {
    using folder = temporaryFolder();
    const file = await makePackage(await executable(), folder.path);
    const port = freePort();
    const url = `http://127.0.0.1:${port}`;
    await using machine = await BootedRoot.boot(async (root) => {
      await Deno.copyFile(file, root.path("/root/virtglass.deb"));
      await Deno.writeTextFile(
        root.path("/etc/default/virtglass"),
        `VIRTGLASS_LISTEN=127.0.0.1:${port}\n`,
      );
      // Containers have one that keeps packages from starting anything.
      await root.run("rm", "--force", "/usr/sbin/policy-rc.d");
      // Reading every manual page anew takes longer than all else here.
      await root.run("rm", "--force", "/var/lib/man-db/auto-update");
      // This machine's own guests and networks are none of that one's.
      await root.run("mount", "-t", "tmpfs", "none", "/etc/libvirt/qemu");
    });
    const { root } = machine;
    const install = () =>
      machine.run("dpkg", "--force-unsafe-io", "--install", "/root/virtglass.deb");
    const property = async (name: string) =>
      (await machine.run("systemctl", "show", `--property=${name}`, "--value", "virtglass")).trim();
    const before = await root.changed(BOOKS);

    await t.step("it is ready when dpkg says so, and reaches libvirt as its own user", async () => {
      await install();
      assert.equal(await property("ActiveState"), "active");
      assert.equal(await property("NotifyAccess"), "main");
      assert.match(await machine.run("id", "virtglass"), /\(libvirt\)/);
      const pid = await property("MainPID");
      assert.match(await machine.run("stat", "--format=%U", `/proc/${pid}`), /^virtglass$/m);
      await eventually(() => answers(`${url}/readyz`), { for: "libvirt's answer" });
    });

    await t.step("systemd counts at most 2.0 of 10", async () => {
      await machine.run("systemd-analyze", "security", "--threshold=20", "virtglass.service");
    });

    let socket: TestSocket;
    await t.step("somebody may sign in, and watches", async () => {
      const add = `printf '%s' '${PASSWORD}' | virtglass user add alice --role admin`;
      await machine.run("sh", "-c", `${add} --password-stdin --data-dir ${DATA}`);
      socket = await watch(url);
    });

    await t.step("an upgrade tells sockets to come again, and serves the same data", async () => {
      const old = await property("MainPID");
      await install();
      const { code, reason } = await socket.closed;
      assert.deepEqual([code, /reconnect/.test(reason)], [1001, true], reason);
      assert.equal(await property("ActiveState"), "active");
      assert.notEqual(await property("MainPID"), old);
      using _again = await watch(url);
    });

    await t.step("one that hangs is ended and started anew", async () => {
      const limit = "[Service]\nWatchdogSec=2\nRestartSec=0\n";
      await machine.run("mkdir", "/run/systemd/system/virtglass.service.d");
      const dropIn = "/run/systemd/system/virtglass.service.d/limit.conf";
      await machine.run("sh", "-c", `printf '${limit}' >${dropIn}`);
      await machine.run("systemctl", "daemon-reload");
      await machine.run("systemctl", "restart", "virtglass");
      const old = await property("MainPID");
      await machine.run("kill", "-STOP", old);
      await eventually(async () => await property("NRestarts") === "1", {
        for: "a new start by the watchdog",
        deadline: 20_000,
        every: 200,
      });
      await eventually(() => answers(`${url}/healthz`), { for: "the new one", deadline: 20_000 });
      assert.notEqual(await property("MainPID"), old);
    });

    await t.step("settings that cannot be end it, once", async () => {
      await machine.run("sh", "-c", "echo VIRTGLASS_LISTEN=nowhere >/etc/default/virtglass");
      await assert.rejects(machine.run("systemctl", "restart", "virtglass"));
      assert.deepEqual(
        [await property("ActiveState"), await property("ExecMainStatus")],
        ["failed", "2"],
      );
      assert.match(
        await machine.run("journalctl", "--unit=virtglass", "--output=cat", "--no-pager"),
        /"nowhere" is not HOST:PORT/,
      );
      await machine.run("rm", "/etc/default/virtglass");
    });

    await t.step("a purge leaves the data, as root's, and nothing else", async () => {
      await machine.run("dpkg", "--force-unsafe-io", "--purge", "virtglass");
      const left = (await root.changed(BOOKS)).filter((path) => !before.includes(path));
      assert.deepEqual(left.filter((path) => !path.startsWith(`${DATA}/`)), []);
      assert.ok(left.includes(`${DATA}/virtglass.db`), left.join());
      assert.match(await machine.run("stat", "--format=%U %a", DATA), /^root 700$/m);
      for (const list of ["passwd", "group"]) {
        await assert.rejects(machine.run("getent", list, "virtglass"));
      }
    });
  },
});

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok;
}

/** Signs in, and opens a socket. */
async function watch(url: string): Promise<TestSocket> {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "alice", password: PASSWORD }),
  });
  const { token } = await response.json();
  return await TestSocket.open(new URL(`${url.replace("http", "ws")}/ws/events?token=${token}`));
}
