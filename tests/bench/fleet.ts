import { PrivateLibvirtd } from "../harness/private_libvirtd.ts";
import { run } from "./program.ts";
import { qemuOf } from "./qemu.ts";

/** Paused VMs on a libvirtd of their own: what they cost is what they are asked, and nothing else. */
export interface Fleet extends AsyncDisposable {
  readonly uri: string;
  readonly names: readonly string[];
  /** The process ids of libvirtd and of each VM's QEMU. */
  readonly pids: readonly number[];
}

/**
 * Starts `size` of them, each with a disk of 1 MiB, a NIC and a balloon; about 0.3 s a VM; none is a libvirtd alone. They end
 * with their libvirtd.
 */
export async function startFleet(size: number): Promise<Fleet> {
  await using stack = new AsyncDisposableStack();
  const daemon = stack.use(await PrivateLibvirtd.start());
  const folder = await Deno.makeTempDir({ prefix: "vg-bn-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const names = Array.from({ length: size }, (_, n) => `vg-bn-${size}-${n + 1}`);
  for (const name of names) await define(folder, name);
  const each = (words: (name: string) => string) => names.map(words).join("; ");
  if (size > 0) {
    await run("virsh", ["-q", "-c", daemon.uri, each((n) => `define ${folder}/${n}.xml`)]);
    await run("virsh", ["-q", "-c", daemon.uri, each((n) => `start ${n} --paused`)]);
  }
  const kept = stack.move();
  return {
    uri: daemon.uri,
    names,
    pids: [daemon.pid, ...names.map(qemuOf)],
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Names are ours and need no escaping. As root, so that nobody else need read the folder. */
async function define(folder: string, name: string): Promise<void> {
  const disk = `${folder}/${name}.img`;
  using file = await Deno.open(disk, { create: true, write: true });
  await file.truncate(1 << 20);
  await Deno.writeTextFile(
    `${folder}/${name}.xml`,
    `<domain type='qemu'>
      <name>${name}</name>
      <memory unit='MiB'>16</memory>
      <vcpu>1</vcpu>
      <os><type arch='x86_64'>hvm</type></os>
      <devices>
        <disk type='file'>
          <driver name='qemu' type='raw'/><source file='${disk}'/><target dev='vda' bus='virtio'/>
        </disk>
        <interface type='user'><model type='virtio'/><rom enabled='no'/></interface>
        <serial type='pty'/>
        <controller type='usb' model='none'/>
        <memballoon model='virtio'><stats period='2'/></memballoon>
      </devices>
      <seclabel type='static' model='dac' relabel='no'><label>+0:+0</label></seclabel>
    </domain>`,
  );
}
