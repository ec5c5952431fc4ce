import { steadyUnix } from "../clock.ts";

/** Clock ticks a second in /proc: USER_HZ, which Linux fixes at 100 for what it shows to programs. */
const USER_HZ = 100;
/** So many look at once: a machine has hundreds of processes, and the first page waits for this. */
const READERS = 8;
const UUID = /\0-uuid\0([0-9a-f-]{36})\0/;

/**
 * When each QEMU process of this machine started, by the UUID of its VM, as `steadyUnix` counts.
 * libvirt does not tell it, and QEMU's command line carries the UUID. Empty where there is no /proc.
 */
export async function qemuStartTimes(): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  const boot = await bootTime();
  if (boot === null) return times;
  const processes = [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name))
    .values();
  const look = async () => {
    for (const { name } of processes) {
      const uuid = UUID.exec(await read(`/proc/${name}/cmdline`))?.[1];
      if (!uuid) continue;
      const ticks = startTicks(await read(`/proc/${name}/stat`));
      if (ticks !== null) times.set(uuid, boot + (ticks / USER_HZ) * 1000);
    }
  };
  await Promise.all(Array.from({ length: READERS }, look));
  return times;
}

/** Field 22 of /proc/PID/stat. The process's name, field 2, may hold spaces: fields count after it. */
function startTicks(stat: string): number | null {
  const field = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  return field ? Number(field) : null;
}

/**
 * When this machine was started, as `steadyUnix` counts: the ages of processes are counted from there.
 * Null where there is no /proc.
 */
export async function bootTime(): Promise<number | null> {
  const seconds = /^\d+(\.\d+)?/.exec(await read("/proc/uptime"))?.[0];
  return seconds ? steadyUnix() - Number(seconds) * 1000 : null;
}

/** Processes end while one looks: a file that is gone reads as empty. */
async function read(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    return "";
  }
}
