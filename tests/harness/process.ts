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
