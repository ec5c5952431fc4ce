import { exists } from "@/cli/exists.ts";
import { hasProgram, isMissing, run } from "@/cli/run.ts";

/** A kernel unpacked from its Debian package: the image to boot and the folder of its modules. */
export interface Kernel {
  version: string;
  image: string;
  modules: string;
}

/** Debian's kernel for virtual machines, and what Ubuntu calls it. */
const META_PACKAGES = ["linux-image-cloud-amd64", "linux-image-virtual"];

/**
 * The kernel unpacked below `folder`; downloads the distribution's newest when there is none.
 * It is never installed: the machine's own boot menu stays as it is. Where there is no apt, it is the
 * kernel that runs this machine.
 */
export async function kernel(folder: string, say: (line: string) => void): Promise<Kernel> {
  const known = await unpacked(folder);
  if (known) return known;
  if (!await hasProgram("apt-get")) return runningKernel();
  const packages = await concretePackages();
  say(`downloading the guest's kernel: ${packages.join(" ")}`);
  await Deno.mkdir(folder, { recursive: true });
  const download = await Deno.makeTempDir({ prefix: "virtglass-kernel-" });
  const tree = await Deno.makeTempDir({ dir: folder, prefix: "unpacking-" });
  try {
    await run("apt-get", ["download", "-q", ...packages], { cwd: download });
    for await (const { name } of Deno.readDir(download)) {
      await run("dpkg", ["-x", `${download}/${name}`, tree]);
    }
    const version = await kernelVersion(tree);
    await Deno.rename(tree, `${folder}/${version}`);
  } finally {
    await Deno.remove(download, { recursive: true });
    await Deno.remove(tree, { recursive: true }).catch(ignoreMissing);
  }
  const fresh = await unpacked(folder);
  if (!fresh) throw new Error(`${packages.join(" ")} holds no kernel image`);
  return fresh;
}

function runningKernel(): Kernel {
  const version = Deno.osRelease();
  const modules = modulesFolder("", version);
  for (const image of [`/boot/vmlinuz-${version}`, `${modules}/vmlinuz`]) {
    if (exists(image)) return { version, image, modules };
  }
  throw new Error(`There is neither apt-get nor a file "/boot/vmlinuz-${version}"`);
}

/** The packages with the newest kernel: a meta package names them, and so on for the modules. */
async function concretePackages(): Promise<string[]> {
  for (const meta of META_PACKAGES) {
    const image = (await kernelDependencies(meta)).find((name) => name.startsWith("linux-image-"));
    if (image) return [image, ...await kernelDependencies(image)];
  }
  throw new Error(`apt knows none of ${META_PACKAGES.join(", ")}: run apt-get update`);
}

async function kernelDependencies(name: string): Promise<string[]> {
  return versionedKernelPackages(await run("apt-cache", ["depends", name]).catch(() => ""));
}

/** The packages in `apt-cache depends` output that hold one certain kernel or its modules. */
export function versionedKernelPackages(depends: string): string[] {
  return [...depends.matchAll(/^\s*\|?Depends: (linux-(?:image|modules)-\d\S*)$/gm)]
    .map((match) => match[1] ?? "");
}

async function unpacked(folder: string): Promise<Kernel | undefined> {
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (!isDirectory || name.startsWith("unpacking-")) continue;
      const tree = `${folder}/${name}`;
      return {
        version: name,
        image: `${tree}/boot/vmlinuz-${name}`,
        modules: modulesFolder(tree, name),
      };
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return undefined;
}

async function kernelVersion(tree: string): Promise<string> {
  for await (const { name } of Deno.readDir(`${tree}/boot`)) {
    if (name.startsWith("vmlinuz-")) return name.slice("vmlinuz-".length);
  }
  throw new Error(`no vmlinuz in ${tree}/boot`);
}

/** Newer distributions keep modules below /usr/lib only. */
function modulesFolder(tree: string, version: string): string {
  for (const parent of ["usr/lib", "lib"]) {
    const folder = `${tree}/${parent}/modules/${version}`;
    if (exists(folder)) return folder;
  }
  throw new Error(`There are no modules of Linux ${version} in "${tree}/lib/modules"`);
}

function ignoreMissing(error: unknown) {
  if (!isMissing(error)) throw error;
}
