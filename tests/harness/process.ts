/** What a process holds: a leak shows as a number that grows with every round. */
export interface Holdings {
  files: number;
  threads: number;
}

/** Counts what the process `pid` has open now. */
export async function holdings(pid: number): Promise<Holdings> {
  return { files: await count(`/proc/${pid}/fd`), threads: await count(`/proc/${pid}/task`) };
}

async function count(folder: string): Promise<number> {
  return (await Array.fromAsync(Deno.readDir(folder))).length;
}

/** Bytes of memory that the process `pid` has now. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)![1]) * 1024;
}
