/**
 * Runs Deno with these arguments on this terminal and returns its exit code; SIGTERM, SIGINT and
 * SIGHUP are passed on to it.
 */
export async function runToEnd(
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    ...options,
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => {
      try {
        child.kill(signal);
      } catch (error) {
        // It has ended by itself meanwhile: its exit code says how.
        if (!(error instanceof TypeError)) throw error;
      }
    });
  }
  return (await child.status).code;
}
