/** A Deno with these arguments on this terminal. */
export function spawnDeno(
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args,
    ...options,
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
}

/** Runs that Deno to its end and returns its exit code; signals are passed on to it. */
export async function runToEnd(...given: Parameters<typeof spawnDeno>): Promise<number> {
  const child = spawnDeno(...given);
  onStopSignal((signal) => kill(child, signal));
  return (await child.status).code;
}

export function onStopSignal(stop: (signal: Deno.Signal) => void): void {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stop(signal));
  }
}

export function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended by itself meanwhile: its exit code says how.
    if (!(error instanceof TypeError)) throw error;
  }
}
