/** The process id of the QEMU that runs the domain of that name. Throws when there is none. */
export function qemuOf(name: string): number {
  for (const { name: pid } of Deno.readDirSync("/proc")) {
    if (/^\d+$/.test(pid) && commandLine(pid).includes(`guest=${name},`)) return Number(pid);
  }
  throw new Error(`no QEMU runs ${name}`);
}

/** Empty for a process that has just ended. */
function commandLine(pid: string): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/cmdline`);
  } catch {
    return "";
  }
}
