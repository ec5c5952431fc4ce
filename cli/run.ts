/** A command that ended with another exit code than 0. `stderr` and `stdout` hold what it said. */
export class CommandFailed extends Error {
  override name = "CommandFailed";
  constructor(
    readonly command: string,
    readonly code: number,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    const said = (stderr.trim() || stdout.trim()).split("\n").slice(-5).join("\n");
    super(`\`${command}\` ended with ${code}${said ? `: ${said}` : ""}`);
  }
}

export interface RunOptions {
  stdin?: string | Uint8Array<ArrayBuffer>;
  cwd?: string;
  env?: Record<string, string>;
}

/** Runs a program without a shell and returns its stdout. Throws CommandFailed. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return new TextDecoder().decode(await runBytes(program, args, options));
}

/** As `run`, for output that is not text. */
export async function runBytes(
  program: string,
  args: readonly string[],
  { stdin, ...options }: RunOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const child = new Deno.Command(program, {
    ...options,
    args: [...args],
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const feed = stdin === undefined ? undefined : feedAll(child.stdin, stdin);
  const { code, stdout, stderr } = await child.output();
  await feed;
  if (code === 0) return stdout;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  throw new CommandFailed([program, ...args].join(" "), code, text(stdout), text(stderr));
}

/** A program that ends without reading its input is judged by its exit code, not by the pipe. */
async function feedAll(pipe: WritableStream<Uint8Array>, content: string | Uint8Array) {
  const writer = pipe.getWriter();
  try {
    await writer.write(typeof content === "string" ? new TextEncoder().encode(content) : content);
    await writer.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** Whether a program of this name is on PATH, or in the folders that only root's PATH has. */
export async function hasProgram(name: string): Promise<boolean> {
  const folders = [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin", "/sbin"];
  for (const folder of folders) {
    if (folder === "") continue;
    try {
      if ((await Deno.stat(`${folder}/${name}`)).isFile) return true;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return false;
}

/** Whether a file operation failed because there is nothing at that path. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}
