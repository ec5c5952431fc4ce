import { run } from "@/tasks/setup/run.ts";

/** The machine's own libvirtd. */
export const SYSTEM = "qemu:///system";

/** Runs `virsh -c URI ARGS` and returns what it printed. Throws CommandFailed. */
export async function virsh(uri: string, ...args: string[]): Promise<string> {
  return (await run("virsh", ["--quiet", "--connect", uri, ...args])).trim();
}

/** Defines the domain of this XML and returns its name. */
export async function define(uri: string, xml: string): Promise<void> {
  await run("virsh", ["--quiet", "--connect", uri, "define", "/dev/stdin"], { stdin: xml });
}

/** Why this machine cannot run guests at `uri`, or null when it can. */
export async function hypervisorProblem(uri = SYSTEM): Promise<string | null> {
  try {
    await virsh(uri, "version");
    return null;
  } catch (error) {
    return `${uri} does not answer: ${error instanceof Error ? error.message : error}`;
  }
}
