import { guestImage } from "@/cli/demo/guest/image.ts";
import { network } from "@/cli/demo/guest/network.ts";
import { type GuestOptions, guestXML } from "@/cli/demo/guest/xml.ts";
import { removeGuest } from "@/cli/demo/virsh.ts";
import { project } from "@/tasks/build/project.ts";
import { define, virsh } from "./virsh.ts";
import { eventually } from "./wait.ts";

/** Where the guest's image is kept. */
export const IMAGES = `${project}/.cache/guest`;

/** The tiny guest under a name of its own; gone with its files when disposed. */
export interface Guest extends AsyncDisposable {
  name: string;
  uuid: string;
  uri: string;
  /** As `virsh domstate`: "running", "paused", "shut off". */
  state(): Promise<string>;
  /** What its serial console said since it was last started. */
  output(): Promise<string>;
  /** Returns when the shell on its serial console has prompted. */
  booted(): Promise<void>;
}

export type StartOptions =
  & Omit<GuestOptions, "image" | "disk" | "log" | "name">
  & {
    name: string;
    /** false defines the guest and leaves it shut off. */
    start?: boolean;
    /** false returns as soon as QEMU runs, before the guest has booted. */
    boot?: boolean;
  };

/**
 * Defines and boots a tiny guest (a second or four, emulated) with a disk of 64 MiB.
 * `name` must be the caller's own: a guest of that name that is there already is replaced.
 */
export async function startGuest(
  uri: string,
  { start = true, boot = true, ...options }: StartOptions,
): Promise<Guest> {
  const { name } = options;
  const image = await guestImage(IMAGES);
  await removeGuest(uri, name);
  const folder = await Deno.makeTempDir({ dir: dyingWith(uri), prefix: "virtglass-guest-" });
  const log = `${folder}/serial.log`;
  const disk = `${folder}/disk.raw`;
  await Deno.writeFile(disk, new Uint8Array());
  await Deno.truncate(disk, 64 * 1024 * 1024);

  const guest: Guest = {
    name,
    uri,
    uuid: "",
    state: () => virsh(uri, "domstate", name),
    output: () => Deno.readTextFile(log),
    booted: async () => {
      await eventually(async () => (await guest.output()).includes("# "), {
        for: `the shell of guest ${name}`,
        deadline: 60_000,
        every: 50,
      });
    },
    async [Symbol.asyncDispose]() {
      await removeGuest(uri, name);
      await Deno.remove(folder, { recursive: true });
    },
  };
  try {
    await define(uri, guestXML({ network: await network(), ...options, image, disk, log }));
    guest.uuid = await virsh(uri, "domuuid", name);
    if (start) await virsh(uri, "start", name);
    if (start && boot) await guest.booted();
    return guest;
  } catch (error) {
    await guest[Symbol.asyncDispose]();
    throw error;
  }
}

/** The folder that goes with a private libvirtd however that ends; the usual one otherwise. */
function dyingWith(uri: string): string {
  return /\?socket=(.+)\/libvirt-sock$/.exec(uri)?.[1] ?? "/tmp";
}
