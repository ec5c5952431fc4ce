import { run } from "@/cli/run.ts";

/** Runs `virsh -c URI ARGS` and returns what it printed. Throws CommandFailed. */
export async function virsh(uri: string, ...args: string[]): Promise<string> {
  return (await run("virsh", ["--quiet", "--connect", uri, ...args])).trim();
}

/** Defines the domain of this XML. */
export async function define(uri: string, xml: string): Promise<void> {
  await run("virsh", ["--quiet", "--connect", uri, "define", "/dev/stdin"], { stdin: xml });
}

/** Powers the guest off and undefines it; nothing happens when there is none of that name. */
export async function removeGuest(uri: string, name: string): Promise<void> {
  const names = (await virsh(uri, "list", "--all", "--name")).split("\n");
  if (!names.includes(name)) return;
  const runs = async () => (await virsh(uri, "list", "--name")).split("\n").includes(name);
  try {
    if (await runs()) await virsh(uri, "destroy", name);
  } catch (error) {
    // It may have ended by itself meanwhile.
    if (await runs()) throw error;
  }
  await virsh(uri, "undefine", name);
}
