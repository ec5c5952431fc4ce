import { cp } from "node:fs/promises";
import { dirname } from "node:path";
import { run } from "@/cli/run.ts";

/** Whatever else a machine has is not there: no shell, no Deno, no users, no devices. */
const LIBVIRT = "libvirt.so.0";

/**
 * Fills `root` with the executable, as /virtglass, and with what it needs of a machine and nothing else:
 * the dynamic loader, libc, libvirt's library and the libraries of these.
 */
export async function makeBareRoot(root: string, executable: string): Promise<void> {
  await Deno.mkdir(root, { recursive: true });
  await Deno.copyFile(executable, `${root}/virtglass`);
  // Debian's root has it, and libvirt looks for its socket there.
  await Deno.mkdir(`${root}/var`);
  await Deno.symlink("/run", `${root}/var/run`);
  const libvirt = await pathOf(LIBVIRT);
  const files = [libvirt, ...await needed(executable), ...await needed(libvirt)];
  for (const file of new Set(files)) {
    await Deno.mkdir(`${root}${dirname(file)}`, { recursive: true });
    await cp(file, `${root}${file}`, { dereference: true });
  }
}

/** Words that start the executable of `root`, with the program and arguments that follow them. */
export function inBareRoot(root: string, data: string, socket: string): string[] {
  const script = `${import.meta.dirname}/bare_root.sh`;
  return ["unshare", "--mount", "--propagation", "private", "bash", script, root, data, socket];
}

/** Where this machine's loader finds a library. */
async function pathOf(library: string): Promise<string> {
  const known = await run("/sbin/ldconfig", ["--print-cache"]);
  const line = known.split("\n").find((line) => line.trim().startsWith(`${library} `));
  if (line === undefined) throw new Error(`There is no ${library}: install the package libvirt0`);
  return line.split(" => ")[1]!;
}

/** The loader and all libraries that a program or library is linked to. */
async function needed(file: string): Promise<string[]> {
  const list = await run("ldd", [file]);
  return [...list.matchAll(/(?:=> |^\t)(\/\S+) \(0x/gm)].map(([, path]) => path!);
}
