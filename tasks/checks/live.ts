const decoder = new TextDecoder();

/** Runs Deno with these arguments and returns all that it wrote to stdout and stderr. */
export async function deno(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ success: boolean; output: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: `${import.meta.dirname}/../..`,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const { success, stdout, stderr } = await child.output();
  return { success, output: decoder.decode(stdout) + decoder.decode(stderr) };
}
