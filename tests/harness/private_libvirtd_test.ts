import assert from "node:assert/strict";
import { startGuest } from "./guest.ts";
import { PrivateLibvirtd } from "./private_libvirtd.ts";
import { virsh } from "./virsh.ts";
import { eventually } from "./wait.ts";

const problem = await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: PrivateLibvirtd: ${problem}`);

Deno.test({
  name: "PrivateLibvirtd runs guests that outlive its death and are found again",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    await using guest = await startGuest(libvirtd.uri, { name: "vg-hn-outlives", boot: false });
    const before = libvirtd.pid;
    await libvirtd.kill();
    await assert.rejects(virsh(libvirtd.uri, "list"));
    await libvirtd.restart();
    assert.notEqual(libvirtd.pid, before);
    assert.equal(await guest.state(), "running");
    await guest.booted();
  },
});

Deno.test({
  name: "PrivateLibvirtd answers nothing while frozen and everything after thaw",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    libvirtd.freeze();
    // All its threads have to be told.
    const stopped = async () => /\) T /.test(await Deno.readTextFile(`/proc/${libvirtd.pid}/stat`));
    await eventually(stopped, { for: "libvirtd to stand still" });
    const answer = virsh(libvirtd.uri, "list", "--all");
    libvirtd.thaw();
    assert.equal(await answer, "");
  },
});

Deno.test({
  name: "PrivateLibvirtd shares nothing with a second one and leaves nothing",
  ignore: problem !== null,
  async fn() {
    const folders: string[] = [];
    {
      await using one = await PrivateLibvirtd.start();
      await using two = await PrivateLibvirtd.start();
      folders.push(
        ...[one, two].map(({ uri }) => /socket=(.*)\/libvirt-sock/.exec(uri)?.[1] ?? ""),
      );
      const name = "vg-hn-twin";
      await using _first = await startGuest(one.uri, { name, boot: false });
      assert.equal(await virsh(two.uri, "list", "--all", "--name"), "");
      await using _second = await startGuest(two.uri, { name, boot: false });
      assert.equal(await virsh(one.uri, "list", "--name"), name);
    }
    for (const folder of folders) {
      await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);
    }
  },
});
