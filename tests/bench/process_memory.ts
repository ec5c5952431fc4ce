/** Resident memory of a process (VmRSS), in bytes. Throws when there is no such process. */
export function processRSS(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (!kibibytes) throw new Error(`process ${pid} has ended`);
  return Number(kibibytes) * 1024;
}
