import { hasProgram, run } from "@/cli/run.ts";
import { eventually } from "@/tests/harness/wait.ts";

/** In the order in which they are started: libvirtd hands QEMU's output to virtlogd. */
const DAEMONS = [
  { name: "virtlogd", socket: "/run/libvirt/virtlogd-sock" },
  { name: "libvirtd", socket: "/run/libvirt/libvirt-sock" },
];

/**
 * Starts libvirt's daemons unless they answer, through systemd where that runs the machine and by
 * hand where nothing does, as in a container. Returns why it could not, or null.
 */
export async function startDaemons(say: (line: string) => void): Promise<string | null> {
  const down = [];
  for (const daemon of DAEMONS) if (!await answers(daemon.socket)) down.push(daemon);
  if (!down.length) return null;
  if (Deno.uid() !== 0) return "libvirtd does not run and only root can start it";
  const systemd = await Deno.stat("/run/systemd/system").then(() => true, () => false);
  if (!systemd) await openKVM();
  for (const { name, socket } of down) {
    if (!await hasProgram(name)) return `${name} is not installed`;
    say(`starting ${name}`);
    try {
      if (systemd) await run("systemctl", ["start", name]);
      else await run(name, ["--daemon"]);
      await eventually(() => answers(socket), { for: `${name} at ${socket}`, deadline: 20_000 });
    } catch (error) {
      return `${name} does not start: ${error instanceof Error ? error.message : error}`;
    }
  }
  return null;
}

async function answers(socket: string): Promise<boolean> {
  try {
    (await Deno.connect({ transport: "unix", path: socket })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) return true;
    return false;
  }
}

/**
 * Gives /dev/kvm to the group kvm, as udev does on a machine that has it. Otherwise libvirt finds
 * KVM working as root and closed to QEMU's user, and asks QEMU for its capabilities again, for four
 * seconds, at every start of a guest.
 */
async function openKVM(): Promise<void> {
  const device = await Deno.stat("/dev/kvm").catch(() => null);
  const group = /^kvm:[^:]*:(\d+):/m.exec(await Deno.readTextFile("/etc/group"))?.[1];
  if (!device || !group || device.gid === Number(group)) return;
  await Deno.chown("/dev/kvm", 0, Number(group));
  await Deno.chmod("/dev/kvm", 0o660);
}
