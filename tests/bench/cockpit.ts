import { eventually } from "../harness/wait.ts";
import type { BenchGuest } from "./guest.ts";
import { freePort } from "./port.ts";
import { Program, run } from "./program.ts";

const WS = "/usr/lib/cockpit/cockpit-ws";
const DBUS = "/usr/sbin/libvirt-dbus";

/** Cockpit's page of VMs, on the libvirtd of a guest. It serves one browser, once. */
export class Cockpit implements AsyncDisposable {
  /** The page itself, without the shell around it. */
  readonly url: string;
  readonly #stack: AsyncDisposableStack;

  private constructor(port: number, stack: AsyncDisposableStack) {
    this.url = `http://127.0.0.1:${port}/cockpit/@localhost/machines/index.html`;
    this.#stack = stack;
  }

  /** Why this machine cannot run it, or null when it can. */
  static async problem(): Promise<string | null> {
    for (const program of [WS, DBUS, "/usr/share/cockpit/machines", "/usr/bin/dbus-daemon"]) {
      if (!await Deno.stat(program).then(() => true, () => false)) {
        return `there is no ${program}: install cockpit-ws, cockpit-bridge, cockpit-machines, dbus`;
      }
    }
    return null;
  }

  /** Needs neither systemd nor a sign-in: it brings a bus of its own and a session of this user. */
  static async start(folder: string, { uri, daemon }: BenchGuest): Promise<Cockpit> {
    await using stack = new AsyncDisposableStack();
    const bus = `unix:path=${await Deno.makeTempDir({ dir: folder, prefix: "bus-" })}/socket`;
    await Deno.writeTextFile(`${folder}/bus.conf`, busConfig(bus));
    const broker = [`--config-file=${folder}/bus.conf`, "--nofork", "--print-address"];
    await stack.use(new Program("dbus-daemon", broker)).line(0);

    // libvirt-dbus knows "qemu:///system" alone, so it is shown this libvirtd in that place.
    const socket = /\?socket=(.+)$/.exec(uri)?.[1] ?? "";
    const place = `${socket.replace(/\/libvirt-sock$/, "")}/run/libvirt/libvirt-sock`;
    await Deno.remove(place).catch(() => {});
    await Deno.symlink(socket, place);
    const told = `DBUS_SYSTEM_BUS_ADDRESS=${bus}`;
    const inside = [told, "nsenter", "--target", `${daemon}`, "--mount", DBUS, "--system"];
    stack.use(new Program("env", inside));
    const ask = [`--bus=${bus}`, "--print-reply", "--dest=org.libvirt", "/org/libvirt/QEMU"];
    const list = ["org.libvirt.Connect.ListDomains", "uint32:0"];
    await eventually(() => run("dbus-send", [...ask, ...list]), { for: "libvirt-dbus to answer" });

    const port = freePort();
    const listen = ["--no-tls", "--address=127.0.0.1", `--port=${port}`];
    const session = [told, "DBUS_SESSION_BUS_ADDRESS=disabled:", WS, ...listen];
    stack.use(new Program("env", [...session, "--local-session=cockpit-bridge"]));
    await eventually(() => takes(port), { for: "Cockpit to take connections" });
    return new Cockpit(port, stack.move());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

async function takes(port: number): Promise<boolean> {
  using _connection = await Deno.connect({ port });
  return true;
}

/** Runs in the page, before it: emulated guests need no virtualization in the processor. */
export function ignoreProcessor(): void {
  localStorage.setItem("virtualization-disabled-ignored", "true");
}

/** A bus on which everybody may do everything: nobody else can reach it. */
const busConfig = (address: string) =>
  `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
    "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
  <busconfig>
    <type>system</type>
    <listen>${address}</listen>
    <auth>EXTERNAL</auth>
    <policy context="default">
      <allow send_destination="*" eavesdrop="true"/>
      <allow eavesdrop="true"/>
      <allow own="*"/>
    </policy>
  </busconfig>`;
