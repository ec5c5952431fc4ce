/** How many files the process `pid` has open now: a leak is a number that grows with every round. */
export async function openFiles(pid: number): Promise<number> {
  return (await Array.fromAsync(Deno.readDir(`/proc/${pid}/fd`))).length;
}

/**
 * How many threads of the process `pid` run blocking calls, such as libvirt's, or ran one in the last
 * ten seconds: Deno ends an idle one only then. A call that never returns keeps its thread.
 */
export async function blockingThreads(pid: number): Promise<number> {
  const folder = `/proc/${pid}/task`;
  let count = 0;
  for await (const { name } of Deno.readDir(folder)) {
    // A thread may end between the two looks.
    const command = await Deno.readTextFile(`${folder}/${name}/comm`).catch(() => "");
    if (command.startsWith("tokio-runtime")) count++;
  }
  return count;
}

/** Bytes of memory that the process `pid` has now. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)![1]) * 1024;
}
