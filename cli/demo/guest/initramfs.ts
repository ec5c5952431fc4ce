import { exists } from "@/cli/exists.ts";
import { run, runBytes } from "@/cli/run.ts";
import { SCRIPTS } from "./scripts.ts";

/** In the order in which they are loaded. One that the kernel has built in is not in the folder. */
export const MODULES = [
  "virtio_ring",
  "virtio",
  "virtio_pci_modern_dev",
  "virtio_pci_legacy_dev",
  "virtio_pci",
  "virtio_balloon",
  "virtio_blk",
  "failover",
  "net_failover",
  "virtio_net",
  "virtio_console",
  "button",
  "evdev",
];

/**
 * Writes a gzipped initramfs to `target`: busybox, the virtio drivers below the `modules` folder,
 * and our scripts. It is the guest's whole system.
 */
export async function buildInitramfs(modules: string, target: string): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "virtglass-initramfs-" });
  try {
    for (const folder of ["bin", "etc/acpi/PWRF", "modules"]) {
      await Deno.mkdir(`${root}/${folder}`, { recursive: true });
    }
    await Deno.copyFile(staticBusybox(), `${root}/bin/busybox`);
    for (const [path, script] of Object.entries(SCRIPTS)) {
      await Deno.writeTextFile(`${root}/${path}`, script);
      await Deno.chmod(`${root}/${path}`, 0o755);
    }
    await copyModules(modules, `${root}/modules`);
    const files = await run("find", ["."], { cwd: root });
    const archive = await runBytes(
      "cpio",
      ["--create", "--format=newc", "--owner=0:0", "--quiet"],
      { cwd: root, stdin: files },
    );
    const { gzipSync } = await import("node:zlib");
    await Deno.writeFile(target, gzipSync(archive, { level: 1 }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function staticBusybox(): string {
  for (const path of ["/usr/bin/busybox", "/bin/busybox"]) {
    if (exists(path)) return path;
  }
  throw new Error("There is no busybox: install the package busybox-static");
}

async function copyModules(from: string, to: string): Promise<void> {
  const paths = (await run("find", [from, "-name", "*.ko*"])).trim().split("\n");
  const order: string[] = [];
  for (const name of MODULES) {
    const path = paths.find((path) => /([^/]+)\.ko(\.\w+)?$/.exec(path)?.[1] === name);
    if (!path) continue;
    await Deno.writeFile(`${to}/${name}.ko`, await uncompressed(path));
    order.push(`${name}.ko`);
  }
  await Deno.writeTextFile(`${to}/order`, order.map((name) => `${name}\n`).join(""));
}

/** busybox insmod reads plain modules only; distributions ship them plain, or in one of these. */
async function uncompressed(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (path.endsWith(".xz")) return await runBytes("xz", ["--decompress", "--stdout", path]);
  if (path.endsWith(".zst")) return await runBytes("zstd", ["--decompress", "--stdout", path]);
  if (path.endsWith(".gz")) return await runBytes("gzip", ["--decompress", "--stdout", path]);
  return await Deno.readFile(path);
}
