import { virsh } from "@/cli/demo/virsh.ts";

export { define, virsh } from "@/cli/demo/virsh.ts";

/** The machine's own libvirtd. */
export const SYSTEM = "qemu:///system";

/** Why this machine cannot run guests at `uri`, or null when it can. */
export async function hypervisorProblem(uri = SYSTEM): Promise<string | null> {
  try {
    await virsh(uri, "version");
    return null;
  } catch (error) {
    return `${uri} does not answer: ${error instanceof Error ? error.message : error}`;
  }
}
