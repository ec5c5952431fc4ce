const decoder = new TextDecoder();

export interface Ended {
  success: boolean;
  /** All that it wrote to stdout and stderr; last how it ended, when that was not well. */
  output: string;
}

/** Runs Deno with these arguments in the project's folder, for at most `deadline` ms. */
export async function deno(
  args: readonly string[],
  deadline = 600_000,
  env: Record<string, string> = {},
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: `${import.meta.dirname}/../..`,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(deadline),
  }).spawn();
  const { success, code, signal, stdout, stderr } = await child.output();
  let output = (decoder.decode(stdout) + decoder.decode(stderr)).trim();
  if (!success) output += `\n${args.join(" ")}: ended with ${signal ?? `exit code ${code}`}`;
  return { success, output };
}

/** Runs a file's tests, in a process of their own, for at most `deadline` ms. */
export function denoTest(file: string, deadline: number, env?: Record<string, string>) {
  // Not --quiet, which swallows what a file says when it is loaded: why its tests are skipped.
  const flags = ["-A", "--no-check", "--preload=tests/harness/suppressed.ts"];
  return deno(["test", ...flags, file], deadline, env);
}
