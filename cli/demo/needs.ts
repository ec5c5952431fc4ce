import { hasProgram } from "@/cli/run.ts";

/** What the demo's VM is made with and runs on, and the package of Debian's that has it. */
const PROGRAMS: Readonly<Record<string, string>> = {
  virsh: "libvirt-clients",
  "qemu-system-x86_64": "qemu-system-x86",
  busybox: "busybox-static",
  cpio: "cpio",
};

/** Why this machine cannot have a real VM, with what to type, or null when it can. */
export async function missing(): Promise<string | null> {
  if (Deno.uid() !== 0) return "only root can boot it: use sudo";
  const lacking: string[] = [];
  for (const program of Object.keys(PROGRAMS)) {
    if (!await hasProgram(program)) lacking.push(program);
  }
  if (lacking.length === 0) return null;
  const packages = lacking.map((program) => PROGRAMS[program]).join(" ");
  return `there is no ${lacking.join(", no ")}: apt-get install ${packages}`;
}
