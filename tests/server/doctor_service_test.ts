/** `virtglass doctor` beside the service, on a machine of its own that systemd has booted. */
import assert from "node:assert/strict";
import type { Finding } from "@/cli/doctor/finding.ts";
import { AS_SERVICE } from "@/cli/doctor/service.ts";
import { CommandFailed } from "@/cli/run.ts";
import { SYSUSERS, unit } from "@/cli/service/unit.ts";
import { bundle, deliveredModules } from "@/tasks/build/delivered.ts";
import { project } from "@/tasks/build/project.ts";
import { freePort } from "@/tests/bench/port.ts";
import { BootedRoot } from "@/tests/harness/booted_root.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { PROGRAM } from "@/tests/harness/server.ts";
import type { SpareRoot } from "@/tests/harness/spare_root.ts";

const problem = await BootedRoot.problem() ?? await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: doctor beside the service: ${problem}`);

const EXECUTABLE = "/usr/local/bin/virtglass";
const HOME = "/opt/virtglass";

/** The program under test, as the executable of that machine. */
async function copyProgram(root: SpareRoot): Promise<void> {
  const [program, ...args] = PROGRAM;
  await Deno.mkdir(root.path(`${HOME}/dist`), { recursive: true });
  await Deno.copyFile(program!, root.path(`${HOME}/program`));
  if (args.includes(bundle)) {
    for (const file of deliveredModules()) {
      await Deno.copyFile(`${project}/dist/${file}`, root.path(`${HOME}/dist/${file}`));
    }
  }
  const words = args.map((arg) => arg === bundle ? `${HOME}/dist/server.js` : arg).join(" ");
  await Deno.writeTextFile(
    root.path(EXECUTABLE),
    `#!/bin/sh\nexport DENO_DIR=/tmp/deno-$(id -u)\nexec ${HOME}/program ${words} "$@"\n`,
    { mode: 0o755 },
  );
}

/** With its first process all others end, the program that asks for it among them. */
async function powerOff(machine: BootedRoot): Promise<void> {
  await machine.run("systemctl", "--force", "--force", "poweroff").catch((error) => {
    if (!(error instanceof CommandFailed)) throw error;
  });
}

Deno.test({
  name: "virtglass doctor by root says by which command it sees what the service sees",
  ignore: problem !== null,
  async fn(t) {
    const port = freePort();
    await using machine = await BootedRoot.boot(async (root) => {
      await copyProgram(root);
      const files = {
        "/etc/systemd/system/virtglass.service": unit({ program: EXECUTABLE }),
        "/etc/sysusers.d/virtglass.conf": SYSUSERS,
        // As systemd reads it, and no shell.
        "/etc/default/virtglass":
          `VIRTGLASS_LISTEN=127.0.0.1:${port}\nVIRTGLASS_TRUSTED_PROXIES=127.0.0.1, 10.0.0.0/8\n`,
      };
      await Deno.mkdir(root.path("/etc/sysusers.d"), { recursive: true });
      for (const [path, text] of Object.entries(files)) {
        await Deno.writeTextFile(root.path(path), text);
      }
      await root.run("systemd-sysusers");
      // This machine's own guests and networks are none of that one's.
      await root.run("mount", "-t", "tmpfs", "none", "/etc/libvirt/qemu");
    });
    await using _end = { [Symbol.asyncDispose]: () => powerOff(machine) };
    const look = async (command: string) => {
      const text = await machine.run("sh", "-c", `${command} --json`).catch((error) => {
        if (error instanceof CommandFailed && error.stderr === "") return error.stdout;
        throw error;
      });
      const findings = JSON.parse(text) as Finding[];
      return (of: string) => findings.find((finding) => finding.of === of);
    };
    const allow = (mode: string) => machine.run("chmod", mode, "/run/libvirt/libvirt-sock");

    await t.step("the socket is closed to the service: root does not notice", async () => {
      await allow("600");
      const found = await look("virtglass doctor");
      assert.equal(found("libvirt daemon")?.state, "ok", found("libvirt daemon")?.says);
      assert.equal(found("service")?.state, "warning");
      assert.equal(found("service")?.remedy, AS_SERVICE);
    });
    await t.step("by that command it is noticed, with the service's own settings", async () => {
      const found = await look(AS_SERVICE);
      assert.match(found("libvirt daemon")?.says ?? "", /^No permission to connect/);
      assert.equal(found("port")?.says, `127.0.0.1 port ${port} is free`);
      assert.equal(found("TLS")?.says, "the proxy's affair");
      assert.match(found("data folder")?.says ?? "", /"\/var\/lib\/virtglass"/);
      assert.equal(found("service"), undefined);
    });
    await t.step("and where all is well, it says so", async () => {
      await allow("666");
      await machine.run("systemctl", "start", "virtglass");
      const found = await look(AS_SERVICE);
      for (const what of ["libvirt daemon", "data folder", "store", "port"]) {
        assert.equal(found(what)?.state, "ok", found(what)?.says);
      }
      assert.match(found("port")!.says, /a virtglass server runs$/);
    });
  },
});
